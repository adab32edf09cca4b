"""The command line without a process: one home, one clock, one answer a call."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from bridge.cli.here import Here
from bridge.cli.main import cli
from bridge.moment import Moment
from tests.standins.desk import START


@dataclass
class Said:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - JSON has any shape
        return json.loads(self.out)


class Terminal:
    """Runs commands on `home`; ``moment`` is what the clocks say."""

    def __init__(self, home: Path, **environ: str) -> None:
        self.home = home
        self.environ = environ
        self.moment = Moment(1000.0, START)

    def __call__(self, *words: str) -> Said:
        here = Here({**self.environ, "SONGBRIDGE_HOME": str(self.home)}, now=lambda: self.moment)
        result = CliRunner().invoke(cli, list(words), obj=here, catch_exceptions=False)
        return Said(result.exit_code, result.stdout, result.stderr)

    def wait(self, seconds: float) -> None:
        self.moment = self.moment.later(seconds)

    def well(self, *words: str) -> str:
        """Run a command that must succeed, and say nothing of errors; return what it printed."""
        said = self(*words)
        assert (said.code, said.err) == (0, ""), said
        return said.out
