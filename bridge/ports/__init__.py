"""The shells around MIDI, OSC and the clock: the only places that touch a wire."""
