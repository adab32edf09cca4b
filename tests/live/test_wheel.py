"""The wheel as a user gets it: in an environment of its own, run outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

import bridge

pytestmark = [pytest.mark.live, pytest.mark.timeout(300)]

ROOT = Path(__file__).parents[2]

LOADS_WHAT_TRAVELS_WITH_IT = """
from bridge.files import shipped
from bridge.files.layouts import load_layouts
from bridge.files.profiles import load_profiles
from bridge.files.songs import load_song

shelf, layouts = load_profiles(), load_layouts()
assert not shelf.refused and not layouts.refused, (shelf.refused, layouts.refused)
print(*shipped.profile_ids())
print(*shipped.layout_ids())
print(load_song(shipped.examples() / "northern-lights.toml").title)
"""


def _environment() -> dict[str, str]:
    """Return this process's, but for a path that would bring the checkout along."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


class Installed:
    """An environment with the wheel; the libraries are lent by the one that runs the tests."""

    def __init__(self, folder: Path) -> None:
        self.elsewhere = folder / "elsewhere"
        self.elsewhere.mkdir()
        self.wheel = self._built(folder / "wheels")
        self._venv = folder / "venv"
        self._fill()

    @property
    def bin(self) -> Path:
        return self._venv / ("Scripts" if os.name == "nt" else "bin")

    def run(self, *command: str | Path, within: float = 60) -> str:
        """Run outside the checkout; fail with what was said unless it exits 0."""
        ended = subprocess.run(
            [str(word) for word in command],
            cwd=self.elsewhere,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=within,
            check=False,
            stdin=subprocess.DEVNULL,
            env={**_environment(), "SONGBRIDGE_HOME": str(self.elsewhere / "home")},
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout

    def _built(self, folder: Path) -> Path:
        pip = (sys.executable, "-m", "pip", "--quiet", "--quiet", "--disable-pip-version-check")
        how = ("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder)
        self.run(*pip, *how, ROOT, within=120)
        (wheel,) = folder.glob("songbridge-*.whl")
        return wheel

    def _fill(self) -> None:
        self.run(sys.executable, "-m", "venv", "--without-pip", self._venv)
        pip = (sys.executable, "-m", "pip", "--quiet", "--quiet", "--disable-pip-version-check")
        self.run(*pip, "--python", self.python, "install", "--no-deps", "--no-index", self.wheel)
        site = self.run(
            self.python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"
        ).strip()
        # Lines of a .pth are added as folders only: an editable checkout lent by it stays out.
        lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
        Path(site, "lent.pth").write_text("\n".join(sorted(lent)), "utf-8")

    @property
    def python(self) -> Path:
        return self.bin / ("python.exe" if os.name == "nt" else "python")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(tmp_path_factory.mktemp("wheel"))


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def in_checkout(folder: str) -> set[str]:
    files = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    return {
        f"bridge/{path.relative_to(ROOT).as_posix()}" for path in files if path.suffix != ".pyc"
    }


def picture_of_the_readme() -> str:
    readme = (ROOT / "README.md").read_text("utf-8")
    return readme.partition("```text\n")[2].partition("```")[0]


def without_trailing_spaces(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines())


def test_mappings_and_examples_travel_inside(installed: Installed) -> None:
    assert names(installed.wheel) >= in_checkout("mappings") | in_checkout("examples")


def test_nothing_else_does(installed: Installed) -> None:
    tops = {name.partition("/")[0] for name in names(installed.wheel)}
    assert tops == {"bridge", f"songbridge-{bridge.__version__}.dist-info"}


def test_it_is_the_installed_package_that_runs(installed: Installed) -> None:
    where = installed.run(installed.python, "-c", "import bridge; print(bridge.__file__)")
    assert Path(where.strip()).is_relative_to(installed.bin.parent)


def test_both_commands_tell_the_version(installed: Installed) -> None:
    as_module = installed.run(installed.python, "-m", "bridge", "--version")
    as_command = installed.run(installed.bin / "songbridge", "--version")
    assert as_module == as_command
    assert bridge.__version__ in as_module


def test_it_loads_the_profiles_layouts_and_the_song_it_brings(installed: Installed) -> None:
    said = installed.run(installed.python, "-c", LOADS_WHAT_TRAVELS_WITH_IT).splitlines()
    profiles, layouts = (
        " ".join(sorted(path.stem for path in (ROOT / "mappings" / kind).glob("*.toml")))
        for kind in ("controllers", "layouts")
    )
    assert said == [profiles, layouts, "Northern Lights"]


def test_the_tour_plays_what_the_readme_shows_and_leaves_nothing_behind(
    installed: Installed,
) -> None:
    said = installed.run(installed.bin / "songbridge", "demo", "--tour", within=150)
    assert picture_of_the_readme() in without_trailing_spaces(said)
    assert list(installed.elsewhere.iterdir()) == []
