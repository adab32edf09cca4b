<?xml version="1.0" encoding="UTF-8"?>
<Ableton MajorVersion="5" MinorVersion="12.0_12049" SchemaChangeCount="1" Creator="Ableton Live 12.0.1" Revision="">
	<LiveSet>
		<Tracks>
			<GroupTrack Id="10">
				<Name><EffectiveName Value="Drums" /><UserName Value="Drums" /><Annotation Value="" /></Name>
				<Color Value="14" />
			</GroupTrack>
			<MidiTrack Id="11">
				<Name><EffectiveName Value="1-Operator" /><UserName Value="Bass &amp; sub" /><Annotation Value="" /></Name>
				<Color Value="5" />
				<DeviceChain><MainSequencer><ClipTimeable><ArrangerAutomation><Events><MidiClip Id="0" Time="0"><Name Value="not a track" /><Color Value="3" /></MidiClip></Events></ArrangerAutomation></ClipTimeable></MainSequencer></DeviceChain>
			</MidiTrack>
			<AudioTrack Id="12">
				<Name><EffectiveName Value="Vocals" /><UserName Value="" /></Name>
				<Color Value="69" />
			</AudioTrack>
			<ReturnTrack Id="13">
				<Name><EffectiveName Value="A-Reverb" /><UserName Value="" /></Name>
				<Color Value="20" />
			</ReturnTrack>
		</Tracks>
		<MainTrack>
			<AutomationEnvelopes><Envelopes>
				<AutomationEnvelope Id="0"><EnvelopeTarget><PointeeId Value="8" /></EnvelopeTarget><Automation><Events>
					<FloatEvent Id="0" Time="-63072000" Value="60" />
					<FloatEvent Id="1" Time="4" Value="60" />
					<FloatEvent Id="2" Time="8" Value="120" />
				</Events></Automation></AutomationEnvelope>
				<AutomationEnvelope Id="1"><EnvelopeTarget><PointeeId Value="9" /></EnvelopeTarget><Automation><Events>
					<FloatEvent Id="0" Time="-63072000" Value="0.5" />
				</Events></Automation></AutomationEnvelope>
			</Envelopes></AutomationEnvelopes>
			<DeviceChain><Mixer>
				<Tempo><LomId Value="0" /><Manual Value="60" /><AutomationTarget Id="8"><LockEnvelope Value="0" /></AutomationTarget></Tempo>
				<TimeSignature><LomId Value="0" /><Manual Value="201" /></TimeSignature>
				<Volume><Manual Value="1" /><AutomationTarget Id="9" /></Volume>
			</Mixer></DeviceChain>
		</MainTrack>
		<Locators><Locators>
			<Locator Id="1"><LomId Value="0" /><Time Value="8" /><Name Value="Chorus" /><Annotation Value="" /><IsSongStart Value="false" /></Locator>
			<Locator Id="0"><LomId Value="0" /><Time Value="0" /><Name Value="Intro" /><Annotation Value="quiet" /><IsSongStart Value="false" /></Locator>
			<Locator Id="2"><LomId Value="0" /><Time Value="12" /><Name Value="" /><Annotation Value="" /><IsSongStart Value="false" /></Locator>
		</Locators></Locators>
		<Annotation Value="The night is short.&#10;Keep it short." />
	</LiveSet>
</Ableton>
