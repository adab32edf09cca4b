"""Two studios as processes: one whose service runs, one without; a song goes there and back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.live

ROOT = Path(__file__).parents[2]


def run(home: Path, *words: str) -> str:
    environ = {**os.environ, "SONGBRIDGE_HOME": str(home), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "bridge", *words],
        env=environ, cwd=home, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def studio(folder: Path, person: str) -> Path:
    home = folder / person
    home.mkdir()
    ports = '[osc]\nlisten = "127.0.0.1:0"\n[http]\nlisten = "127.0.0.1:0"\n'
    (home / "config.toml").write_text(f'person = "{person}"\n{ports}', encoding="utf-8")
    return home


def test_a_song_larger_than_a_mebibyte_goes_through_a_running_service_and_back(
    tmp_path: Path,
) -> None:
    ada, ben = studio(tmp_path, "Ada"), studio(tmp_path, "Ben")
    tasks = "".join(
        f'[[task]]\ntitle = "Task {n} (20m)"\ntrack = "{"x" * 190}"\n' for n in range(1200)
    )
    (ada / "long.toml").write_text(f'title = "Long"\n{tasks}', encoding="utf-8")
    run(ada, "song", "import", "long.toml")
    run(ada, "song", "share", "long", "-o", str(tmp_path / "there.songbridge"))
    environ = {**os.environ, "SONGBRIDGE_HOME": str(ben), "PYTHONPATH": str(ROOT)}
    service = subprocess.Popen(
        [sys.executable, "-m", "bridge", "up"],
        env=environ, cwd=ben, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    try:
        assert service.stdout is not None
        assert "is up" in service.stdout.readline()
        said = run(ben, "song", "merge", str(tmp_path / "there.songbridge"))
        assert "came in: 1201 records" in said
        run(ben, "start", "1")
        run(ben, "complete")
        run(ben, "song", "share", "long", "-o", str(tmp_path / "back.songbridge"))
    finally:
        service.send_signal(signal.SIGTERM)
        service.communicate(timeout=20)
    assert "Ben: 1 task done" in run(ada, "song", "merge", str(tmp_path / "back.songbridge"))
    states = [row["state"] for row in json.loads(run(ada, "task", "list", "--json"))]
    assert (len(states), states.count("done")) == (1200, 1)
