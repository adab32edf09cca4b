"""`monitor`: what comes in and goes out, as it happens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import click

from bridge.cli.here import Command, Here
from bridge.cli.showing import json_line, plain
from bridge.errors import Unavailable


@click.command(cls=Command)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option(
    "--raw",
    is_flag=True,
    help="Also the bytes, in hex, and how many OSC messages are for somebody else.",
)
@click.pass_obj
def monitor(here: Here, *, as_json: bool, raw: bool) -> None:
    """Show what comes in and goes out: presses, OSC and its answers, facts, cues, lights.

    Ctrl-C ends it; so does the service's end.
    """
    with here.client() as client:
        for row in client.monitor():
            if as_json:
                json_line(row)
            elif raw or not _of_others(row):
                click.echo(_line(row, raw=raw))
    raise Unavailable("the service has ended")


def _of_others(row: Mapping[str, Any]) -> bool:
    return bool(row.get("more", {}).get("foreign"))


def _line(row: Mapping[str, Any], *, raw: bool) -> str:
    if "dropped" in row:
        return f"… {row['dropped']} lines were dropped: this terminal is slower than what happens"
    at = datetime.fromtimestamp(row["at"], UTC).astimezone()
    arrow = "←" if row["way"] == "in" else "→"
    data = f"  [{row['data']}]" if row["data"] and (raw or not row["text"]) else ""
    clock = f"{at:%H:%M:%S}.{at.microsecond // 1000:03}"
    return plain(f"{clock} {arrow} {row['channel']:<5} {row['who']}  {row['text']}{data}")
