"""What feeds the mind: a list of things to read, listen to and watch."""

from __future__ import annotations

from bridge.core.method import FEED_KINDS, FeedItem, FeedKind, Method
from bridge.core.model import Studio
from bridge.errors import Refused

LONGEST = 400  # characters of a text, and of a link
_LINKS = ("http://", "https://")


def written(text: str, number: int) -> FeedItem:
    """Return the item that `text` writes: ``listen Title https://…``; kind and link may be left out.

    Without a kind it is to be read. Raises Refused.
    """
    words = "".join(c if c.isprintable() else " " for c in text).split()
    kind: FeedKind = "read"
    first = words[0].rstrip(":").casefold() if words else ""
    for known in FEED_KINDS:
        if first == known and len(words) > 1:
            kind, words = known, words[1:]
            break
    link = words.pop() if words and words[-1].startswith(_LINKS) else ""
    title = " ".join(words) or link
    if not title:
        raise Refused("feed needs a text, for example `feed listen Kind of Blue`")
    if max(len(title), len(link)) > LONGEST:
        raise Refused(f"a text or link has at most {LONGEST} characters")
    return FeedItem(number, title, kind, link)


def found(method: Method, word: str) -> FeedItem:
    """Return the item of that number. Raises Refused."""
    item = next((i for i in method.feed if str(i.number) == word.strip()), None)
    if item is None:
        raise Refused(f"there is no item {word[:40]!r}; `songbridge feed list` shows them")
    return item


def waiting(studio: Studio) -> tuple[FeedItem, ...]:
    """Return what is not done yet, the oldest first."""
    return tuple(item for item in studio.method.feed if not item.done)


def told(item: FeedItem) -> str:
    """Return an item as a person reads it."""
    link = f" ({item.link})" if item.link and item.link != item.text else ""
    return f"{item.kind} {item.text}{link}"
