"""`monitor`: what comes in and goes out, as it happens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import click

from bridge.cli.here import Command, Here
from bridge.cli.showing import json_line, plain


@click.command(cls=Command)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--raw", is_flag=True, help="Also the bytes, in hex.")
@click.pass_obj
def monitor(here: Here, *, as_json: bool, raw: bool) -> None:
    """Show what comes in and goes out: presses, OSC, facts, cues, lights. Ctrl-C ends it."""
    with here.client() as client:
        for row in client.monitor():
            if as_json:
                json_line(row)
            else:
                click.echo(_line(row, raw=raw))


def _line(row: Mapping[str, Any], *, raw: bool) -> str:
    if "dropped" in row:
        return f"… {row['dropped']} lines were dropped: this terminal is slower than what happens"
    at = datetime.fromtimestamp(row["at"], UTC).astimezone()
    arrow = "←" if row["way"] == "in" else "→"
    data = f"  [{row['data']}]" if row["data"] and (raw or not row["text"]) else ""
    clock = f"{at:%H:%M:%S}.{at.microsecond // 1000:03}"
    return plain(f"{clock} {arrow} {row['channel']:<5} {row['who']}  {row['text']}{data}")
