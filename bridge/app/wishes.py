"""Which devices a configuration wishes for, and how each is to be found, entered and left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from bridge.files.config_controllers import ControllerConfig
from bridge.ports.midi_events import Source, Wanted
from bridge.surface import matching, sysex
from bridge.surface.identity import REQUEST, Judgement
from bridge.surface.matching import Finder, Platform
from bridge.surface.profile import Profile


def expanded(
    configs: tuple[ControllerConfig, ...], profiles: Mapping[str, Profile], platform: Platform
) -> Iterable[tuple[ControllerConfig, Profile]]:
    """Yield each controller to look for, in the order in which they may choose among ports.

    Those whose port the user named come first, then those asked for by name. ``auto`` stands for
    every profile that names its ports, and takes what is left.
    """
    for config in sorted(configs, key=lambda one: (one.profile == "auto", not one.port)):
        if config.profile != "auto":
            yield config, profiles[config.profile]
            continue
        for profile in profiles.values():
            if matching.pattern_of(profile.ports, platform, "in"):
                yield config, profile


def wish(
    key: str,
    config: ControllerConfig,
    profile: Profile,
    on: Platform,
    source: Source,
    *,
    judge: Callable[[bytes], Judgement],
) -> Wanted:
    """Return what the MIDI ports are to look for; what hangs on the layout is not in it yet."""
    session = profile.session
    return Wanted(
        key=key,
        matches_in=_finder(config, profile, on, "in"),
        matches_out=_finder(config, profile, on, "out"),
        enter=session.enter,
        leave=session.leave,
        settle=session.settle,
        gap=session.gap,
        burst=profile.leds.pace.burst,
        source=source,
        kind=profile.id,
        more=config.profile == "auto",
        sure=config.profile != "auto" and bool(config.port),
        judge=judge,
        answers=bool(profile.identity),
        request=profile.ask or REQUEST,
        replies=sysex.patterns(profile.identity) if profile.ask else sysex.NONE,
        renew_on=sysex.patterns(*session.renew_on),
        lamps=_lamps(profile),
    )


def _finder(
    config: ControllerConfig, profile: Profile, on: Platform, direction: matching.Direction
) -> Finder:
    ours = matching.pattern_of(profile.ports, on, direction)
    if not config.port:
        return Finder((ours,), on)
    return Finder((config.port,) if config.profile != "auto" else (config.port, ours), on)


def _lamps(profile: Profile) -> object:
    """Return all that a painter goes by, to be compared."""
    lit = [control for control in profile.controls.values() if control.light.kind != "none"]
    session = profile.session
    return profile.leds, lit, dict(profile.displays), session.sleep, session.wake, profile.identity
