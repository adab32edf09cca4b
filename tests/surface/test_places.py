from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.core.model import Song, Studio
from bridge.core.settings import Settings
from bridge.core.view import View
from bridge.surface.layout import Bind, Board, Layout
from bridge.surface.pattern import parse
from bridge.surface.places import Pages, Shape, album, resolve
from bridge.surface.profile import Profile
from bridge.surface.surface import Surface
from tests.standins import devices

STAGES = ("idea incubation", "arrangement", "mixing", "finished")


def studio_of(*stages: str, settings: Settings | None = None) -> View:
    """A studio with a song for each of `stages`, named ``a``, ``b`` and so on."""
    names = [chr(ord("a") + n) if n < 26 else f"s{n}" for n in range(len(stages))]
    songs = {name: Song(name, name, stage) for name, stage in zip(names, stages, strict=True)}
    return View(Studio(songs, song="a" if songs else None), 1, settings or Settings(), 0.0)


def stages(count: int) -> Settings:
    return Settings(stages=tuple(f"stage {n}" for n in range(1, count + 1)))


def drawn(view: View, shape: Shape, page: int = 0) -> list[str]:
    """The album's rows as words, a dot for a place without a song."""
    ids = [song.id if song else "." for song in album(view, shape, page)]
    return ["".join(ids[n : n + shape.columns]) for n in range(0, len(ids), shape.columns)]


def test_a_stage_has_a_column_and_its_songs_are_stacked_in_their_order() -> None:
    view = studio_of("arrangement", "mixing", "arrangement", "finished")
    assert drawn(view, Shape(3, 4)) == [".abd", ".c..", "...."]


def test_stages_share_the_columns_that_there_are() -> None:
    view = studio_of(*["arrangement"] * 3, "mixing")
    assert drawn(view, Shape(3, 8)) == ["..abd...", "..c.....", "........"]


def test_columns_that_no_stage_fills_stay_free_at_the_right() -> None:
    view = studio_of(*["stage 3"] * 3, settings=stages(3))
    assert drawn(view, Shape(2, 8)) == ["....ab..", "....c..."]


def test_more_songs_than_rows_go_on_on_the_next_page() -> None:
    view = studio_of(*["arrangement"] * 3, "mixing")
    assert drawn(view, Shape(2, 4)) == [".ad.", ".b.."]
    assert drawn(view, Shape(2, 4), 1) == [".c..", "...."]
    assert drawn(view, Shape(2, 4), 2) == ["....", "...."]


def test_more_stages_than_columns_go_on_on_the_next_page() -> None:
    view = studio_of("stage 1", "stage 4", "stage 5", settings=stages(5))
    assert [drawn(view, Shape(1, 4), page) for page in (0, 1)] == [["a..b"], ["c..."]]


def test_a_song_at_a_stage_that_is_no_longer_configured_stands_in_the_first() -> None:
    assert drawn(studio_of("demo", "idea incubation"), Shape(2, 4)) == ["a...", "b..."]


def test_what_is_resolved_is_what_lies_there() -> None:
    view = studio_of("arrangement", "mixing", "arrangement")
    assert resolve(view, "album", 3, 0) == "a"
    assert resolve(view, "album", 3, 0, Shape(2, 4)) == "b"
    assert resolve(view, "album", 4, 0) == "c"
    assert resolve(view, "songs", 2, 7) == "b"


@pytest.mark.parametrize(
    ("role", "place", "page"),
    [
        ("album", 1, 0), ("album", 65, 0), ("album", 0, 0), ("album", -1, 0), ("album", 3, 1),
        ("album", 3, -1), ("songs", 2, 0), ("songs", 0, 0), ("queue", 1, 0), ("", 1, 0),
    ],
)  # fmt: skip
def test_where_nothing_lies_nothing_is_resolved(role: str, place: int, page: int) -> None:
    assert resolve(studio_of("arrangement"), role, place, page) is None


@given(
    at=st.lists(st.integers(1, 20), max_size=40),
    count=st.integers(1, 20),
    rows=st.integers(1, 8),
    columns=st.integers(1, 16),
)
def test_every_song_lies_on_just_one_place_of_the_pages(
    at: list[int], count: int, rows: int, columns: int
) -> None:
    view = studio_of(*(f"stage {stage}" for stage in at), settings=stages(count))
    shape = Shape(rows, columns)
    names = [f"pad.{r}.{c}" for r in range(1, rows + 1) for c in range(1, columns + 1)]
    pages = Pages(shown_on("album", devices.device("any", [], devices.buttons(names, 0, "rgb"))))
    assert pages.shape == shape
    found = [
        song
        for page in range(pages.count(view))
        for place in range(1, shape.places + 1)
        if (song := resolve(view, "album", place, page, pages.shape))
    ]
    assert sorted(found) == sorted(view.studio.songs)


def test_a_board_without_an_album_has_the_pages_of_its_queue() -> None:
    assert Pages(shown_on("goal", devices.GRID)).count(studio_of()) == 1


def shown_on(role: str, device: Profile) -> Board:
    bind = Bind((parse("pad.*.*"),), show=role)
    return Surface(device, Layout("any", "Any", frozenset(), (bind,))).board
