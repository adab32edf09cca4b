"""`log`: the journal, newest last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from bridge.cli.here import Command, Here
from bridge.cli.showing import as_json as print_json
from bridge.cli.showing import plain
from bridge.core import durations

if TYPE_CHECKING:
    from bridge.cli.client import Client
    from bridge.core.status import Json

_PAGE = 1000  # entries in one answer
_SHOWN = 20


@click.command(cls=Command)
@click.option(
    "-n", "count", type=click.IntRange(1), help=f"So many entries ({_SHOWN} if not said)."
)
@click.option("--since", metavar="SEQ|DURATION", help="After entry SEQ, or in the last 2h.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def log(here: Here, count: int | None, since: str | None, *, as_json: bool) -> None:
    """Show the journal: what happened, when, and from where.

    \b
    Examples:
      songbridge log -n 5
      songbridge log --since 2h
      songbridge log --since 1200 --json
    """  # noqa: D301 - \b is click's word for lines that stay as they are
    with here.client() as client:
        if since is None:
            rows = _newest(client, count or _SHOWN, whole=as_json)
        elif since.isascii() and since.isdigit():
            after = _after(client, int(since[:15]), count if as_json else None)
            rows = list(islice(_told(after, whole=as_json), count))
        else:
            start = here.now().wall - durations.parse(since, longest=10 * 365 * 86400.0)
            rows = list(islice(_told(_from(client, start), whole=as_json), count))
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(_line(row))


def _told(rows: Iterable[dict[str, Json]], *, whole: bool) -> Iterator[dict[str, Json]]:
    """Yield what people read, without what is nobody's news; as JSON it is the whole journal."""
    return (row for row in rows if whole or row["event"])


def _newest(client: Client, count: int, *, whole: bool) -> list[dict[str, Json]]:
    """Return the newest `count` entries, asking for more while too few of them are told."""
    asked = count
    while True:
        rows = _last(client, asked)
        told = list(_told(rows, whole=whole))
        if len(told) >= count or len(rows) < asked:
            return told[-count:]
        asked *= 2


def _last(client: Client, count: int) -> list[dict[str, Json]]:
    if count <= _PAGE:
        return client.last(count)
    newest: Any = client.last(1)
    first = newest[0]["seq"] - count if newest else 0
    return list(_after(client, max(0, first), count))


def _after(client: Client, seq: int, count: int | None) -> Iterator[dict[str, Json]]:
    while count is None or count > 0:
        rows: list[Any] = client.events(seq, _PAGE if count is None else min(count, _PAGE))
        if not rows:
            return
        yield from rows
        seq = rows[-1]["seq"]
        count = None if count is None else count - len(rows)


def _from(client: Client, start: float) -> list[dict[str, Any]]:
    """Return the entries from the wall instant `start` on."""
    rows: list[Any] = client.last(_PAGE)
    if rows and rows[0]["at"] >= start and rows[0]["seq"] > 1:
        rows = list(_after(client, 0, None))
    return [row for row in rows if row["at"] >= start]


def _line(row: Any) -> str:  # noqa: ANN401 - a row as JSON has it
    at = datetime.fromtimestamp(row["at"], UTC).astimezone()
    who = f" {row['person']}" if row["person"] else ""
    return plain(
        f"{row['seq']:>6}  {at:%Y-%m-%d %H:%M:%S}  {row['source']:<5}{who}  {row['headline']}"
    )
