"""`persons`: who works here, what each has to do and did, and when they last sat here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from bridge.cli.here import Command, Here
from bridge.cli.showing import as_json as print_json
from bridge.cli.showing import plain, table
from bridge.core import durations

if TYPE_CHECKING:
    from bridge.cli.client import Client
    from bridge.core.figures_ledger import Ledger
    from bridge.core.persons_account import PersonTold, Sat
    from bridge.core.settings import Settings
    from bridge.core.status import Json


@click.command(cls=Command)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def persons(here: Here, *, as_json: bool) -> None:
    """Show who works here: what each has to do and did, how long, and when they last sat.

    `songbridge person NAME` says who sits here now; `songbridge task assign` gives somebody a task.
    """
    from bridge.core.persons_account import told  # noqa: PLC0415 - loaded with the command

    settings = _settings(here)
    with here.client() as client:
        studio = client.studio()[0]
        ledger = _read(client, here.now().wall)
        found = told(studio, settings, _sat(ledger), _did(ledger))
    if as_json:
        print_json([_row(one) for one in found])
    elif not found:
        click.echo("nobody is named yet; `person` in config.toml says who mostly sits here")
    else:
        _show(found)


def _settings(here: Here) -> Settings:
    from bridge.files.config import TOKEN, load_config  # noqa: PLC0415 - slow to load

    return load_config(here.home, token=here.environ.get(TOKEN, "")).settings


def _read(client: Client, now: float) -> Ledger:
    from bridge.core.figures_ledger import Ledger  # noqa: PLC0415 - loaded with the command

    ledger = Ledger()
    ledger.read(client.journal())
    ledger.until(now)
    return ledger


def _sat(ledger: Ledger) -> Iterator[Sat]:
    """Yield who worked when, out of the journal; what was taken back is not in it."""
    from bridge.core.persons_account import Sat  # noqa: PLC0415 - loaded with the command

    for one in ledger.stretches:
        if one.act not in ledger.voided and one.sign > 0:
            yield Sat(one.person, one.begin, one.end)


def _did(ledger: Ledger) -> dict[str, str]:
    """Return who completed each task, the last time that it was."""
    from bridge.core.figures_account import What  # noqa: PLC0415 - loaded with the command

    return {
        deed.task: deed.person
        for deed in ledger.deeds
        if deed.what is What.DONE and deed.act not in ledger.voided
    }


def _row(one: PersonTold) -> dict[str, Json]:
    return {
        "person": one.name,
        "here": one.here,
        "to_do": [{"id": task.id, "title": task.title} for task in one.to_do],
        "done": one.done,
        "notes": one.left,
        "worked_s": round(one.worked, 3),
        "last": None if one.last is None else round(one.last, 3),
    }


def _show(found: tuple[PersonTold, ...]) -> None:
    heads = ["", "Person", "To do", "Next", "Done", "Worked", "Last sat"]
    rows = [
        (
            "here" if one.here else "",
            plain(one.name),
            str(len(one.to_do)),
            plain(one.to_do[0].title) if one.to_do else "",
            str(one.done),
            durations.words(round(one.worked / 60) * 60) if one.worked >= 30 else "",  # noqa: PLR2004 - half a minute
            _day(one.last),
        )
        for one in found
    ]
    table(heads, rows, right=(2, 4, 5), flexible=3, spare=(3, 5, 6))
    for one in found:
        if one.left:
            count = "1 note waits" if one.left == 1 else f"{one.left} notes wait"
            click.echo(plain(f"{count} for {one.name}; `songbridge task hand ID` shows a task's"))


def _day(at: float | None) -> str:
    if at is None:
        return ""
    return f"{datetime.fromtimestamp(at, UTC).astimezone():%Y-%m-%d %H:%M}"
