"""The rules of the house that no linter knows; CONTRIBUTING.md tells them in prose."""

from __future__ import annotations

import ast
import re
import sys
import tokenize
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef

ROOT = Path(__file__).parent.parent
LONGEST_FILE = 350
LONGEST_FUNCTION = 40

HOMES = {
    "aiohttp": ["bridge.web.*", "bridge.web"],
    "click": ["bridge.cli.*", "bridge.cli", "bridge.__main__"],
    "filelock": ["bridge.store.lock"],
    "icalendar": ["bridge.files.exchange.*"],
    "matplotlib": ["bridge.files.report.*"],
    "mido": ["bridge.ports.midi*"],
    "msgspec": ["bridge.files.*", "bridge.store.*", "bridge.web.*", "bridge.cli.*"],
    "platformdirs": ["bridge.files.home"],
    "rich": ["bridge.cli.*", "bridge.cli"],
    "rtmidi": ["bridge.ports.midi*"],
    "sqlite3": ["bridge.store.sqlite.*", "bridge.store.sqlite"],
    "tomlkit": ["bridge.files.*"],
    "tomllib": ["bridge.files.*"],
}
"""Where each library lives; a break in one, or a successor, touches one place (ADR 1)."""

OWN = {"bridge", *sys.stdlib_module_names}


def python_files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(parsed(path)) if isinstance(node, Function))


def tracked_texts() -> Iterator[tuple[Path, str]]:
    """Yield every text of the repository, whether or not git is there to ask."""
    folders = ("bridge", "docs", "examples", "mappings", "tests", ".ci")
    found = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    for path in [*found, *ROOT.glob("*.md"), ROOT / "Makefile", ROOT / "pyproject.toml"]:
        if (
            path.is_file()
            and path.suffix not in (".pyc", ".png")
            and "__pycache__" not in path.parts
        ):
            yield path, path.read_text("utf-8")


BRIDGE = python_files("bridge")
ALL = [*BRIDGE, *python_files("tests")]


# --- size -----------------------------------------------------------------------------------------


def test_no_file_is_too_long_to_be_read_in_one_go() -> None:
    lengths = {short(path): len(path.read_text("utf-8").splitlines()) for path in BRIDGE}
    assert {name: n for name, n in lengths.items() if n > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{short(path)}: {function.name}": length
        for path in BRIDGE
        for function in functions(path)
        if (length := length_without_docstring(function)) > LONGEST_FUNCTION
    }
    assert long == {}


def length_without_docstring(function: Function) -> int:
    first = function.body[0]
    said = 0
    if ast.get_docstring(function) is not None:
        said = (first.end_lineno or first.lineno) - first.lineno + 1
    return (function.end_lineno or function.lineno) - function.lineno + 1 - said


# --- words ----------------------------------------------------------------------------------------


def test_every_module_public_class_and_public_function_has_a_docstring() -> None:
    silent = [
        f"{short(path)}: {getattr(node, 'name', 'the module')}"
        for path in BRIDGE
        for node in public(parsed(path))
        if ast.get_docstring(node) is None
    ]
    assert silent == []


def public(
    node: ast.Module | ast.ClassDef,
) -> Iterator[ast.Module | ast.ClassDef | Function]:
    yield node
    for child in node.body:
        if not isinstance(child, (ast.ClassDef, Function)) or child.name.startswith("_"):
            continue
        if isinstance(child, ast.ClassDef):
            yield from public(child)
        elif not any(is_named(how, ("overload", "setter")) for how in child.decorator_list):
            yield child


def is_named(node: ast.expr, names: tuple[str, ...]) -> bool:
    return (node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")) in names


NOQA = re.compile(r"noqa: [A-Z]+[0-9]+(, [A-Z]+[0-9]+)* - \S")
IGNORED_TYPE = re.compile(r"type: ignore\[[a-z-]+(, ?[a-z-]+)*\] +# \S")


def test_every_silenced_check_carries_its_code_and_its_reason() -> None:
    silenced = [
        f"{short(path)}:{line}: {comment}"
        for path in ALL
        for line, comment in comments(path)
        if ("noqa" in comment and not NOQA.search(comment))
        or ("type: ignore" in comment and not IGNORED_TYPE.search(comment))
    ]
    assert silenced == []


def comments(path: Path) -> Iterator[tuple[int, str]]:
    with path.open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


def test_no_file_has_a_name_that_could_hold_anything() -> None:
    vague = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
    assert [short(path) for path in BRIDGE if path.stem in vague or path.parent.name in vague] == []


# --- who may do what ------------------------------------------------------------------------------


def test_every_library_is_imported_only_where_it_lives() -> None:
    strays = [
        f"{module_of(path)} imports {library}"
        for path in BRIDGE
        for library in imported(path)
        if library not in OWN or library in HOMES
        if not any(fnmatch(module_of(path), home) for home in HOMES.get(library, []))
    ]
    assert strays == []


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    return names


def test_only_the_command_line_prints() -> None:
    printing = [
        f"{short(path)}:{node.lineno}"
        for path in BRIDGE
        if "cli" not in path.parts
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and is_named(node.func, ("print",))
    ]
    assert printing == []


def test_only_live_tests_and_their_stand_ins_sleep() -> None:
    real = {"live", "bench", "standins"}
    sleeping = [
        f"{short(path)}:{node.lineno}"
        for path in python_files("tests")
        if not real & set(path.parts)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "time.sleep"
    ]
    assert sleeping == []


def test_every_live_test_is_marked_as_one() -> None:
    unmarked = [
        short(path)
        for path in python_files("tests/live")
        if path.name.startswith("test_") and "pytest.mark.live" not in path.read_text("utf-8")
    ]
    assert unmarked == []


# --- what travels with the repository -------------------------------------------------------------

# One letter of each stands in brackets, so that this file does not hold what it forbids.
MACHINES = re.compile(r"/[h]ome/[a-z]+/|/[r]oot/|/[w]ork/|/[U]sers/\w+/")
REGISTRIES = re.compile(r"p[y]pi\.org|python[h]osted\.org|[i]ndex-url")


@pytest.mark.parametrize("forbidden", [MACHINES, REGISTRIES], ids=["machines", "registries"])
def test_no_file_knows_the_machine_it_was_written_on(forbidden: re.Pattern[str]) -> None:
    found = [
        f"{short(path)}:{number}"
        for path, text in tracked_texts()
        for number, line in enumerate(text.splitlines(), 1)
        if forbidden.search(line)
    ]
    assert found == []


LINK = re.compile(r"(?<!!)\[[^\]\n]+\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def test_every_link_between_the_documents_leads_somewhere() -> None:
    dead = [
        f"{short(path)}: {target}"
        for path, text in tracked_texts()
        if path.suffix == ".md"
        for target in LINK.findall(FENCE.sub("", text))
        if "://" not in target and not leads_somewhere(path, target)
    ]
    assert dead == []


def leads_somewhere(page: Path, target: str) -> bool:
    name, _, anchor = target.partition("#")
    file = page.parent / name if name else page
    if not anchor or file.suffix != ".md":
        return file.exists()
    return file.exists() and anchor in anchors(file.read_text("utf-8"))


def anchors(text: str) -> set[str]:
    """Return what headings can be linked by, in the manner of code-hosting sites."""
    headings = re.findall(r"^#+ (.+?)\s*$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_decision_stands_in_the_index() -> None:
    index = (ROOT / "docs/adr/README.md").read_text("utf-8")
    decisions = sorted((ROOT / "docs/adr").glob("[0-9]*.md"))
    assert [path.name for path in decisions if f"({path.name})" not in index] == []
    assert len({path.name[:4] for path in decisions}) == len(decisions)


def test_every_page_is_reachable_from_the_first() -> None:
    index = (ROOT / "docs/index.md").read_text("utf-8")
    pages = [path for path in (ROOT / "docs").glob("*.md") if path.name != "index.md"]
    assert [path.name for path in pages if f"({path.name})" not in index] == []


def test_the_commands_of_the_readme_are_what_ci_runs() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    first_screen = readme[: readme.index("\n## ")]
    assert "\nmake demo" in first_screen
    assert "\nmake test" in first_screen
    assert (ROOT / ".ci/run").read_text("utf-8").endswith("\nmake test\n")
