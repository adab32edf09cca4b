"""`doctor`: finds what is wrong, and says how to mend it."""

from __future__ import annotations

import click

from bridge.cli.here import Command, Here
from bridge.cli.showing import as_json as print_json
from bridge.cli.showing import console, text

_MARKS = {"ok": ("ok  ", "green"), "warn": ("warn", "yellow"), "bad": ("bad ", "bold red")}


@click.command(cls=Command)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def doctor(here: Here, *, as_json: bool) -> None:
    """Look at everything that may be wrong, and say how to mend it; exit 1 when something is bad."""
    from bridge.cli.checks import examine  # noqa: PLC0415 - it loads every part

    findings = examine(here)
    bad = [finding for finding in findings if finding.level == "bad"]
    if as_json:
        print_json({"ok": not bad, "findings": findings})
    else:
        shown = console()
        for finding in findings:
            mark, style = _MARKS[finding.level]
            shown.print(text(mark, style) + text(f"  {finding.what}"), soft_wrap=True)
            if finding.mend:
                shown.print(text(f"      → {finding.mend}"), soft_wrap=True)
    if bad:
        more = "1 thing is bad" if len(bad) == 1 else f"{len(bad)} things are bad"
        click.echo(f"{more}; first: {bad[0].what}", err=True)
        raise click.exceptions.Exit(1)
