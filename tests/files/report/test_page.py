"""The page of a report: one file, nothing from the network, nobody's words obeyed, every picture told."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from html.parser import HTMLParser
from typing import Final

import pytest

from bridge.core.figures import Aside, Ended, Figures, Journey, Line, Stop, Tally
from bridge.core.figures_reckoning import figures
from bridge.files.report import pictures, song_pictures, tables
from bridge.files.report.page import MARK, page
from bridge.files.report.words import hours, level, many, shades, steps
from tests.standins import year
from tests.standins.desk import SONG, Desk
from tests.standins.hostile_songs import HOSTILE, worked_on

EMPTY_TAGS: Final = {"meta", "br"}
WORDS: Final = (
    "html head meta title style body h1 h2 p dl div dt dd main figure svg desc defs g path use text tspan rect "
    "clippath figcaption details summary table thead tbody tr th td span section ul li"
)
ALLOWED: Final = set(WORDS.split())


class Page(HTMLParser):
    """What a browser would see: tags with their attributes, ids, and the texts of each tag."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in EMPTY_TAGS:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts.setdefault(self.open[-1], []).append(data)

    def ids(self) -> list[str]:
        return [value for _, attributes in self.tags if (value := attributes.get("id"))]


def of(desk: Desk) -> Figures:
    return figures(desk.journal, desk.moment.wall, year.day)


MONTHS = year.entries(year.MONTHS)


@cache
def whole() -> str:
    """Return the page of months; it is drawn by the first test that reads it."""
    return page(figures(MONTHS, MONTHS[-1].at, year.day), "Ann")


@cache
def evil() -> str:
    return page(of(worked_on(HOSTILE)), "<script>")


def test_every_part_is_there() -> None:
    parts = {
        "facts", "calendar", "weeks", "sections", "kinds", "songs", "ratios", "months", "journeys", "stages",
        "asides", "this-week", "this-month",
    }  # fmt: skip
    assert parts <= set(Page(whole()).ids())


@pytest.mark.parametrize("drawn", [whole, evil], ids=["months", "hostile"])
def test_nothing_is_loaded_and_nothing_runs(drawn: Callable[[], str]) -> None:
    text = drawn()
    seen = Page(text)
    assert {tag for tag, _ in seen.tags} <= ALLOWED
    for tag, attributes in seen.tags:
        assert not any(name.startswith("on") or name in ("src", "action") for name in attributes)
        assert (attributes.get("href") or "#").startswith("#"), tag
        assert not re.search(r"url\((?!#)|@import|http", attributes.get("style") or "")
    assert not re.search(r"url\(|@import|http", "".join(seen.texts["style"]))
    assert "default-src 'none'" in text


@pytest.mark.parametrize("drawn", [whole, evil], ids=["months", "hostile"])
def test_every_picture_has_a_name_a_description_and_ids_of_its_own(
    drawn: Callable[[], str],
) -> None:
    text = drawn()
    seen = Page(text)
    pictures = [attributes for tag, attributes in seen.tags if tag == "svg"]
    assert len(pictures) >= 6
    ids = seen.ids()
    assert len(ids) == len(set(ids))
    for attributes in pictures:
        assert attributes["role"] == "img"
        assert set((attributes["aria-labelledby"] or "").split()) <= set(ids)
        assert "viewbox" in attributes
        assert "width" not in attributes
    used = re.findall(r'(?:href="|url\()#([^")]+)', text)
    assert {name for name in used if name != "a"} <= set(ids)


def test_words_of_a_user_stay_words() -> None:
    seen = Page(evil())
    assert "script" not in {tag for tag, _ in seen.tags}
    assert any("<script>alert(1)</script>" in words for words in seen.texts["td"])
    assert any(words.startswith("<script>alert") for words in seen.texts["text"])
    assert any("$x^2$" in words for words in seen.texts["td"])


def test_colours_are_the_pages_own_so_that_dark_is_dark() -> None:
    styles = " ".join(attributes.get("style") or "" for _, attributes in Page(whole()).tags)
    assert "var(--ink)" in styles
    assert not re.search(r"#0a0b[0-9a-f]{2}|#000000", styles)
    names = set(re.findall(r"var\((--\w+)\)", whole()))
    assert names <= set(re.findall(r"(--\w+):", whole()))
    assert "prefers-color-scheme: dark" in whole()


def test_the_same_figures_give_the_same_page() -> None:
    told = figures(MONTHS, MONTHS[-1].at, year.day)
    assert page(told) == page(told)


def test_nothing_is_drawn_of_nothing() -> None:
    text = page(figures((), 0.0, year.day))
    assert "<svg" not in text
    assert "Nothing was worked" in text


def test_one_task_makes_no_picture_of_a_single_square() -> None:
    desk = Desk(None, SONG)
    desk.do("start")
    desk.wait(300)
    desk.do("complete")
    desk.do("end")
    ids = Page(page(of(desk))).ids()
    assert "sections" in ids
    assert not {"calendar", "weeks", "months", "journeys"} & set(ids)


def test_a_report_is_known_by_its_first_lines() -> None:
    assert MARK in whole()[:400]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0m"),
        (29, "0m"),
        (31, "1m"),
        (3570, "1h00m"),
        (11_100, "3h05m"),
        (359_990, "100h"),
        (1e6, "278h"),
    ],
)
def test_times_are_told_in_few_characters(seconds: float, words: str) -> None:
    assert hours(seconds) == words


def test_counts_have_their_plural() -> None:
    assert [many(n, "box", "boxes") for n in (0, 1, 2)] == ["0 boxes", "1 box", "2 boxes"]


def test_each_level_that_occurs_is_explained_and_no_other() -> None:
    for worked in ([60.0], [60.0, 60.0, 900.0], [float(n) for n in range(1, 40)]):
        limits = steps(worked)
        occurring = {level(seconds, limits) for seconds in (*worked, 1e9, min(worked) / 2)}
        assert occurring <= {4, *(place for place, _ in shades(limits))}
        for place, limit in shades(limits):
            assert level(limit - 0.001, limits) == place
    assert level(0.0, steps([60.0])) == 0


def test_pictures_without_words_have_their_figures_in_a_table() -> None:
    told = figures(MONTHS, MONTHS[-1].at, year.day)
    assert told.accuracy is not None
    cells = re.findall(r"<td>(\d+)</td></tr>", tables.ratios(told.accuracy))
    assert sum(map(int, cells)) == told.accuracy.ratio.count
    newest = re.findall(r"<tr><td>(.*?)</td></tr>", tables.stages(told))[0].split("</td><td>")
    assert newest[0] == str(told.last)
    assert sum(map(int, newest[1:])) == len(told.journeys)
    for anchor in ("weeks", "stages", "ratios"):
        figure = whole()[whole().index(f'<figure id="{anchor}"') :]
        assert "<table>" in figure[: figure.index("</figure>")]


def test_a_year_ends_with_the_songs_that_are_finished_on_its_last_day() -> None:
    ended = Journey(
        "fern",
        "Fern",
        (Stop("mixing", date(2025, 9, 22), date(2026, 9, 21)), Stop("finished", date(2026, 9, 21))),
        finished=True,
    )
    day = date(2025, 9, 22)
    told = Figures(
        day,
        date(2026, 9, 21),
        date(2026, 9, 21),
        Tally(),
        journeys=(ended,),
        stages=("mixing", "finished"),
    )
    assert "at the end 1 finished, 0 mixing" in str(song_pictures.stages(told))


def test_a_single_task_that_waits_or_was_left_is_told_in_the_singular() -> None:
    def described(waiting: int, left: int) -> str:
        ends = [Ended.WAITING] * waiting + [Ended.LEFT] * left
        day = date(2026, 9, 21)
        asides = [
            Aside("t", "Sing", "Fog", "mixing", day, None, 1.0, by_clock=False, ended=e)
            for e in ends
        ]
        return song_pictures.asides(asides).svg

    assert "1 waits still, 1 was left for good" in described(1, 1)
    assert "2 wait still, 3 were left for good" in described(2, 3)


def test_an_axis_of_short_times_counts_in_seconds() -> None:
    line = Line("Short", "", tally=Tally(done=1, planned=60, real=50))
    drawn = pictures.against("kinds", "By kind", [line]).svg
    assert ">20s<" in drawn
    assert not re.search(r">\d*\.\d+m<", drawn)
