"""Which program holds a UDP port of this machine, as far as the system tells; nothing is sent."""

from __future__ import annotations

import contextlib
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_WAIT = 5.0  # seconds for the system's own tools
_INODE = re.compile(r"socket:\[(\d+)\]")
_NETSTAT = re.compile(r"\s*UDP\s+\S+:(\d+)\s+\S+\s+(\d+)\s*")
_TASK = re.compile(r'"([^"]+)","(\d+)"')


@dataclass(frozen=True, slots=True)
class Holder:
    """A program by its name and process id; no name and 0 where the system doesn't tell."""

    name: str
    pid: int

    def __str__(self) -> str:
        return f"{self.name} (process {self.pid})" if self.pid else "another program"


def holders(port: int) -> tuple[Holder, ...]:
    """Return who listens on that UDP port, on whatever address; empty when nobody is known to."""
    match sys.platform:
        case "linux":
            found = list(_linux(port))
        case "win32":
            found = list(_windows(port))
        case _:
            found = list(_lsof(port))
    return tuple(dict.fromkeys(found))


def _linux(port: int) -> Iterator[Holder]:
    inodes: set[str] = set()
    for table in ("udp", "udp6"):
        with contextlib.suppress(OSError):
            for line in Path("/proc/net", table).read_text("ascii", "replace").splitlines()[1:]:
                fields = line.split()
                if int(fields[1].rpartition(":")[2], 16) == port:
                    inodes.add(fields[9])
    owners = list(_owners(inodes)) if inodes else []
    yield from owners or ([Holder("", 0)] if inodes else [])


def _owners(inodes: set[str]) -> Iterator[Holder]:
    """Yield the processes that have one of these sockets; others' are not to be seen."""
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            for handle in (process / "fd").iterdir():
                with contextlib.suppress(OSError):
                    one = _INODE.fullmatch(str(handle.readlink()))
                    if one and one[1] in inodes:
                        name = (process / "comm").read_text("utf-8", "replace").strip()
                        yield Holder(name, int(process.name))


def _lsof(port: int) -> Iterator[Holder]:
    """Yield who has the port; a program that only sends there is listed by ``lsof``, too."""
    pid, name = 0, ""
    for line in _told("lsof", "-nP", f"-iUDP:{port}", "-F", "pcn"):
        kind, value = line[:1], line[1:]
        if kind == "p":
            pid, name = int(value) if value.isdigit() else 0, ""
        elif kind == "c":
            name = value
        elif kind == "n" and pid and value.partition("->")[0].endswith(f":{port}"):
            yield Holder(name, pid)


def _windows(port: int) -> Iterator[Holder]:
    lines = (_NETSTAT.match(line) for line in _told("netstat", "-ano", "-p", "UDP"))
    pids = {int(one[2]) for one in lines if one and int(one[1]) == port}
    names = (_TASK.match(line) for line in (_told("tasklist", "/FO", "CSV", "/NH") if pids else ()))
    known = {int(one[2]): one[1] for one in names if one}
    for pid in sorted(pids):
        yield Holder(known.get(pid, "a program"), pid)


def _told(*command: str) -> list[str]:
    """Return the lines that a tool of the system prints, none when it is missing or too slow."""
    try:
        ended = subprocess.run(  # noqa: S603 - fixed commands, and a number
            command, capture_output=True, timeout=_WAIT, check=False, text=True, errors="replace"
        )
    except (OSError, subprocess.SubprocessError):
        return []
    return ended.stdout.splitlines()
