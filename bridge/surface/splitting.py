"""A row of controls without one of them: the patterns that still name the others, in their order."""

from __future__ import annotations

from bridge.surface.pattern import Pattern, parse


def without(pattern: Pattern, name: str) -> tuple[Pattern, ...]:
    """Return patterns for all that `pattern` means but `name`, in the order of the numbers.

    ``pad.1-6.1-8`` without ``pad.3.4`` is ``pad.1-2.1-8``, ``pad.3.1-3``, ``pad.3.5-8``,
    ``pad.4-6.1-8``. A pattern that does not mean `name` is returned as it is.
    """
    if not pattern.matches(name):
        return (pattern,)
    written, at = pattern.text.split("."), name.split(".")
    before: list[Pattern] = []
    after: list[Pattern] = []
    for depth, part in enumerate(pattern.parts):
        if isinstance(part, str):
            continue
        here, rest = at[:depth], written[depth + 1 :]
        number = int(at[depth])
        for side, first, last in (
            (before, part.start, number - 1),
            (after, number + 1, part.stop - 1),
        ):
            if first <= last:
                side.append(parse(".".join([*here, _span(first, last), *rest])))
    return (*before, *reversed(after))


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"
