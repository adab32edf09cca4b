"""Whatever people write stays what they wrote: no markup, no control, no line of its own, in any form."""

from __future__ import annotations

import unicodedata
from datetime import UTC
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bridge.core.hand_over import HandOver
from bridge.core.sitting_account import (
    Account,
    Awaited,
    GoalMoved,
    Handed,
    Longer,
    Share,
    TaskTold,
)  # fmt: skip
from bridge.files.summary import WRITERS, summaries
from bridge.files.summary_markdown import markdown
from bridge.files.summary_page import page
from bridge.files.summary_text import COLUMNS, text
from bridge.files.summary_words import parts, plain

HOSTILE = (
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '"><b>',
    "[link](javascript:alert(1))",
    "![picture](http://example.org/x.png)",
    "<http://example.org>",
    "# a heading",
    "1. one",
    "1) one",
    "- item",
    "+ item",
    "* item",
    "> quote",
    "```",
    "    code",
    "---",
    "===",
    "`code` **bold** _thin_ ~~gone~~ $x$",
    "| a | b |",
    "&lt;b&gt; &amp; &#60;",
    "back\\slash \\",
    "\u202egnp.exe \u200f\u2066x",
    "bell \x07 escape \x1b[31m",
    "line\nbreak\r\n\ttab\u2028more\x85x",
    "夜の海 🎛️ שלום",
)
TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1, max_size=60).filter(plain))


def account_of(words: str) -> Account:
    """Return an account in which everything that somebody may write is `words`."""
    note = HandOver(words, words, words, 1.0)
    task = TaskTold(
        "a.1", words, words, words, "#3FA7FF", words, 2000.0, 1200.0, 1200.0, 1200.0, None, (note,)
    )
    tasks = (task, task)
    return Account(
        1_795_383_000.0, 1_795_390_200.0, (Share(words, 60.0), Share("Ben", 30.0)), 90.0, 5.0,
        done=tasks, under_way=tasks, set_aside=tasks, skipped=tasks,
        longer=(Longer(words, words, 2, 600.0),), handed=(Handed(words, words, note),),
        goals=(GoalMoved(words, 0.25, 0.5, words),), reached=((words, words),), notes=(words,),
        marks=(words,), rut="much was skipped", next=tasks, others=(Awaited(words, words, words, 2),),
    )  # fmt: skip


class Page(HTMLParser):
    """What a browser would make of the page: elements, their attributes, and the text between."""

    def __init__(self, written: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(written)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)


def shape(written: str) -> list[tuple[str, list[tuple[str, str | None]]]]:
    read = Page(written)
    assert read.open == []
    return [(tag, sorted(attrs.items())) for tag, attrs in read.tags]


PLAIN = shape(page(account_of("x"), UTC))


@given(TEXTS)
@example("<script>")
def test_nothing_that_is_written_is_markup_in_html(words: str) -> None:
    written = page(account_of(words), UTC)
    assert shape(written) == PLAIN
    assert plain(words) in "".join(Page(written).words)


@given(TEXTS)
def test_nothing_that_is_written_is_markup_in_markdown(words: str) -> None:
    told = account_of(words)
    tokens = (
        MarkdownIt("commonmark").enable("table").enable("strikethrough").parse(markdown(told, UTC))
    )
    kinds = {token.type for token in tokens}
    assert kinds <= {
        "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline",
        "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close",
        "ordered_list_open", "ordered_list_close",
    }  # fmt: skip
    headings = [tokens[n + 1].content for n, t in enumerate(tokens) if t.type == "heading_open"]
    assert headings[1:] == [part.title for part in parts(told)]
    children = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in children} <= {"text", "text_special", "code_inline"}
    shown = "".join(child.content for child in children)
    assert " ".join(plain(words).split()) in " ".join(shown.split())


@given(TEXTS)
def test_text_is_lines_of_72_columns_that_obey_nobody(words: str) -> None:
    lines = text(account_of(words), UTC).split("\n")
    assert all(line.isprintable() for line in lines)
    for line in lines:
        wide = sum(unicodedata.east_asian_width(c) in "WF" for c in line)
        longest = max(line.split(), key=len, default="")
        assert len(line) <= COLUMNS or wide or len(longest) > COLUMNS - 10


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    tags = Page(page(account_of("x"), UTC)).tags
    assert not {"script", "link", "img", "iframe", "a", "form"} & {tag for tag, _ in tags}
    policies = [a["content"] for t, a in tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]
    assert not any(name.startswith("on") for _, attrs in tags for name in attrs)


def test_the_page_can_be_read_by_ear_and_on_a_phone() -> None:
    tags = Page(page(account_of("x"), UTC)).tags
    assert ("html", {"lang": "en"}) in tags
    assert [tag for tag, _ in tags if tag == "h1"] == ["h1"]
    assert any(attrs.get("name") == "viewport" for _, attrs in tags)
    ids = [attrs["id"] for _, attrs in tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    named = [attrs["aria-labelledby"] for tag, attrs in tags if tag == "section"]
    assert set(named) <= set(ids)
    assert "prefers-color-scheme: dark" in page(account_of("x"), UTC)
    assert "@media print" in page(account_of("x"), UTC)


def test_every_form_says_the_same_parts() -> None:
    told = account_of("Ada")
    for part in parts(told):
        for form in WRITERS:
            assert part.title in WRITERS[form](told, UTC)


def test_only_the_forms_that_are_wanted_are_written_once_each() -> None:
    told = account_of("Ada")
    assert list(summaries(told, ("text", "html", "text"), UTC)) == [".txt", ".html"]


@pytest.mark.parametrize("form", list(WRITERS))
def test_an_empty_sitting_is_told_in_every_form(form: str) -> None:
    quiet = Account(0.0, 60.0, (Share("", 0.0),), 0.0, 0.0)
    assert "Worked 0s." in WRITERS[form](quiet, UTC)  # type: ignore[index] # drawn from its keys
