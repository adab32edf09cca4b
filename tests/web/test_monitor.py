"""The stream's buffer, without a socket."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Callable

from bridge.web.monitor import ROOM, TAPE, Stream
from bridge.web.role import Traffic
from tests.standins.asked import AskedService
from tests.standins.desk import Desk


class Tapped(AskedService):
    def __init__(self) -> None:
        self.hear: Callable[[Traffic], None] = lambda _traffic: None
        super().__init__(Desk())
        self.gone = False

    def tap(self, hear: Callable[[Traffic], None]) -> Callable[[], None]:
        self.hear = hear

        def leave() -> None:
            self.gone = True

        return leave


def test_a_slow_reader_is_told_how_much_it_missed() -> None:
    async def go() -> tuple[list[bytes], bool]:
        service = Tapped()
        lines = Stream(service).lines()
        first = asyncio.ensure_future(anext(lines))
        await asyncio.sleep(0)
        for n in range(ROOM + 5):
            service.hear(Traffic(float(n), "in", "osc", "x", ""))
        chunk = await first
        await lines.aclose()
        return chunk.splitlines(), service.gone

    rows, left = asyncio.run(go())
    assert len(rows) == ROOM + 1
    assert json.loads(rows[-1]) == {"dropped": 5}
    assert left


def test_what_waits_together_is_put_in_the_order_of_time_but_a_recording_stays_as_it_is() -> None:
    async def go() -> list[bytes]:
        service = Tapped()
        lines = Stream(service, record=True).lines()
        first = asyncio.ensure_future(anext(lines))
        await asyncio.sleep(0)
        for at, channel, text in (
            (0.31, "light", "c"), (0.286, "midi", "a"), (0.286, "fact", "b"),
            (7.0, "tape", "head"), (0.1, "tape", "line"),
        ):  # fmt: skip
            service.hear(Traffic(at, "in", channel, "x", text))
        chunk = await first
        await lines.aclose()
        return chunk.splitlines()

    assert [json.loads(row)["text"] for row in asyncio.run(go())] == ["head", "line", "a", "b", "c"]


def test_traffic_after_the_end_of_the_loop_hurts_nobody() -> None:
    service = Tapped()

    async def go() -> AsyncGenerator[bytes, None]:
        lines = Stream(service).lines()
        task = asyncio.ensure_future(anext(lines))
        await asyncio.sleep(0)
        service.hear(Traffic(0.0, "in", "osc", "x", ""))
        await task
        return lines

    lines = asyncio.run(go())
    service.hear(Traffic(0.0, "in", "osc", "x", ""))
    del lines


def test_a_recording_has_room_where_lines_to_look_at_have_none() -> None:
    async def go() -> list[bytes]:
        service = Tapped()
        lines = Stream(service, record=True).lines()
        first = asyncio.ensure_future(anext(lines))
        await asyncio.sleep(0)
        for n in range(TAPE + 3):
            channel = "tape" if n >= ROOM else "osc"
            service.hear(Traffic(float(n), "in", channel, "x", ""))
        service.hear(Traffic(0.0, "in", "osc", "x", ""))
        chunk = await first
        await lines.aclose()
        return chunk.splitlines()

    rows = asyncio.run(go())
    assert len(rows) == TAPE + 1
    assert json.loads(rows[-1]) == {"dropped": 4, "untaped": 3}
