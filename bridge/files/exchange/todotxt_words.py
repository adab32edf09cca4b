"""The words of a todo.txt line: names without spaces, and titles that mean nothing but themselves.

Spaces in names become ``_``; the few characters that would mean something else are written as in
addresses, ``%2B`` for ``+``. Only codes from that short list are read back, so other people's per cent
signs stay what they are.
"""

from __future__ import annotations

import re

_CODE = re.compile(r"%(20|25|28|2B|2F|3A|40|5F|58|78|3[0-9])")
_KEY = re.compile(r"([A-Za-z][\w-]*):([^\s:/][^\s:]*)")
_BEGINS = re.compile(r"([xX0-9(])")


def key_value(word: str) -> tuple[str, str] | None:
    """Return the two halves of ``key:value``; None for other words, ``http://…`` among them."""
    found = _KEY.fullmatch(word)
    return (found[1], found[2]) if found else None


def name_word(name: str) -> str:
    """Return `name` as one word after ``+``, ``@`` or ``key:``."""
    escaped = _CODE.sub(lambda code: f"%25{code[1]}", name)
    word = re.sub(r"\s+", "_", escaped.replace("_", "%5F").replace(":", "%3A"))
    return f"%2F{word[1:]}" if word.startswith("/") else word  # key:/ looks like an address


def word_name(word: str) -> str:
    """Return the name that a word means."""
    return _decoded(word.replace("_", " "))


def title_words(title: str) -> str:
    """Return `title` so that no word of it is taken for a project, a context, a key or a mark."""
    return " ".join(_plain(word, first=i == 0) for i, word in enumerate(title.split()))


def words_title(words: list[str]) -> str:
    """Return the title that these words mean."""
    return " ".join(_decoded(word) if "://" not in word else word for word in words)


def _plain(word: str, *, first: bool) -> str:
    if "://" not in word or word[0] in "+@":
        word = _CODE.sub(lambda code: f"%25{code[1]}", word)
    if key_value(word) or (word[0] in "+@" and ":" in word):
        word = word.replace(":", "%3A")
    if word[0] in "+@" and len(word) > 1:
        word = _encoded(word[0]) + word[1:]
    if first and _BEGINS.match(word) and "://" not in word:
        word = _encoded(word[0]) + word[1:]
    return word


def _encoded(character: str) -> str:
    return f"%{ord(character):02X}"


def _decoded(word: str) -> str:
    return _CODE.sub(lambda code: chr(int(code[1], 16)), word)
