"""MIDI messages in words, for the monitor: what a profile does not know is still named."""

from __future__ import annotations


def words(data: bytes) -> str:
    """Return what one message says, channels counted from 1; hex where it is no MIDI message."""
    import mido  # noqa: PLC0415 - a service that nobody monitors does without its 2 MB

    try:
        message = mido.Message.from_bytes(data)
    except (ValueError, IndexError):
        return data.hex(" ")
    fields = message.dict()
    channel = f" channel {fields['channel'] + 1}" if "channel" in fields else ""
    skip = ("type", "time", "channel", "data")
    rest = "".join(f" {name} {value}" for name, value in fields.items() if name not in skip)
    return f"{message.type}{channel}{rest}"
