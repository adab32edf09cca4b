"""`daw`: set a DAW up by one command, take it back, and see what is set up where."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING

import click

from bridge.cli.daw_act import act
from bridge.cli.here import Group, Here
from bridge.cli.showing import as_json as print_json
from bridge.cli.showing import plain

if TYPE_CHECKING:
    from bridge.files.install_record import Record, Step

_KINDS = click.Choice(["reaper", "ardour"])


@click.group(cls=Group)
def daw() -> None:
    """Set a DAW up for Songbridge, and take it back.

    \b
    Examples:
      songbridge daw install reaper --dry-run    what would be written, file by file
      songbridge daw install reaper
      songbridge daw uninstall reaper
    """  # noqa: D301 - \b is click's word for lines that stay as they are


daw.add_command(act)


@daw.command()
@click.argument("kind", type=_KINDS)
@click.option("--path", metavar="DIR", help="The DAW's own folder, for a portable installation.")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option("--no-web", is_flag=True, help="REAPER: no web interface; markers get no colours.")
@click.pass_obj
def install(here: Here, kind: str, path: str | None, *, dry_run: bool, no_web: bool) -> None:
    """Write into a DAW's folder what Songbridge needs there; say each file and line.

    Done again it brings everything up to date. `daw uninstall` takes back exactly that.
    """
    from bridge.cli.daw_install import installing, program  # noqa: PLC0415 - loaded with the command

    if not dry_run:
        here.home.ensure()
    for one in installing(here, kind, path, program(), web=not no_web):
        if not dry_run:
            one.check()
            one.do()
        _tell(one.steps, one.record, dry_run=dry_run)
        for sentence in one.afterwards if any(step.changes for step in one.steps) else ():
            click.echo(plain(sentence))


@daw.command()
@click.argument("kind", type=_KINDS)
@click.option("--path", metavar="DIR", help="The DAW's own folder, where there are several.")
@click.option("--dry-run", is_flag=True, help="Say what would be taken back, and write nothing.")
@click.pass_obj
def uninstall(here: Here, kind: str, path: str | None, *, dry_run: bool) -> None:
    """Take back what `daw install` wrote, and nothing that you changed since."""
    from bridge.cli.daw_install import uninstalling  # noqa: PLC0415 - as above

    for one in uninstalling(here, kind, path):
        if not dry_run:
            one.check()
            one.do()
        _tell(one.steps, one.record, dry_run=dry_run, back=True)


@daw.command("list")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def list_(here: Here, *, as_json: bool) -> None:
    """Show which DAWs are configured, and what was installed where."""
    from bridge.cli.daw_install import overview  # noqa: PLC0415 - as above

    seen = overview(here)
    if as_json:
        print_json(seen)
        return
    for row in seen["configured"]:
        click.echo(plain(f"configured: {row['name']} ({row['kind']}) at {row['address']}"))
    for row in seen["installed"]:
        files = f"{len(row['files'])} files"
        state = "" if row["whole"] else ", changed since: `songbridge daw install` renews it"
        click.echo(plain(f"installed: {row['kind']} in {row['folder']}, {files}{state}"))
    for row in seen["found"]:
        click.echo(
            plain(
                f"found: {row['kind']} in {row['folder']}; `songbridge daw install {row['kind']}`"
            )
        )
    if not any(seen.values()):
        click.echo("no DAW is configured, and neither REAPER nor Ardour was found here")


def _tell(steps: list[Step], record: Record, *, dry_run: bool, back: bool = False) -> None:
    would = "would be " if dry_run else ""
    for step in steps:
        if step.left:
            click.echo(plain(f"left:    {step.file} ({step.left})"))
        elif not step.changes:
            click.echo(plain(f"as is:   {step.file}"))
        else:
            click.echo(plain(f"{would}{_deed(step)} {step.file}"))
        for line in _lines(step, back=back):
            click.echo(plain(f"    {line}"))
    if not any(step.changes for step in steps):
        click.echo(plain(f"nothing was to do in {record.folder}"))


def _lines(step: Step, *, back: bool) -> list[str]:
    """Return what changes in a file, line by line: exactly, where it was there before."""
    if not step.changes or step.role == "script":
        return []
    if step.now is None or step.after is None or step.role == "slots":
        return [f"{'-' if back else '+'} {line}" for line in step.lines if line.strip()]
    before, after = (
        data.decode("utf-8", "replace").splitlines() for data in (step.now, step.after)
    )
    changed = unified_diff(before, after, n=0, lineterm="")
    return [
        f"{line[0]} {line[1:]}" for line in list(changed)[2:] if line[:2] not in ("@@", "+", "-")
    ]


def _deed(step: Step) -> str:
    if step.after is None:
        return "deleted:"
    return "written:" if step.now is None else "changed:"
