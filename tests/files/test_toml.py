"""TOML by schema: whatever is wrong is told with file, line and key."""

from __future__ import annotations

import tomllib
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.errors import InvalidFile
from bridge.files import toml
from bridge.files.toml_lines import lines


class Task(msgspec.Struct, forbid_unknown_fields=True):
    title: str
    budget: str | int = "25m"
    tags: list[str] = []


class Osc(msgspec.Struct, forbid_unknown_fields=True):
    listen: str = ""
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 7707


class Named(msgspec.Struct, forbid_unknown_fields=True):
    kind: Literal["note", "cc"]

    def __post_init__(self) -> None:
        if self.kind == "cc":
            raise ValueError("cc is a bad idea here")


class File(msgspec.Struct, forbid_unknown_fields=True):
    name: str = ""
    auto: bool = True
    rate: float = 1.0
    osc: Osc = msgspec.field(default_factory=Osc)
    task: list[Task] = []
    control: dict[str, Named] = {}


def refused(text: str, schema: type[Any] = File) -> InvalidFile:
    with pytest.raises(InvalidFile) as caught:
        toml.parse(text, schema, "x.toml")
    return caught.value


@pytest.mark.parametrize(
    ("text", "line", "key", "told"),
    [
        ("naem = 'x'", 1, "naem", 'is not known; did you mean "name"? allowed: name, auto'),
        ("\n\n[osc]\nlisten = 3\n", 4, "osc.listen", "found 3; allowed: text"),
        (
            "[osc]\nport = 70000",
            2,
            "osc.port",
            "found 70000; allowed: a whole number from 1 to 655",
        ),
        ("auto = 'yes'", 1, "auto", 'found "yes"; allowed: true or false'),
        ("rate = true", 1, "rate", "found true; allowed: a number"),
        ("task = 3", 1, "task", "found 3; allowed: a list of tables"),
        ("[[task]]\n[[task]]\ntitle='b'", 1, "task[1].title", "is missing; needed: text"),
        (
            "[[task]]\ntitle='a'\n[[task]]\ntitle='b'\nbudget = 1.5",
            5,
            "task[2].budget",
            "found 1.5",
        ),
        ("[[task]]\ntitle='a'\ntags=[\n 'x',\n 3\n]", 5, "task[1].tags[2]", "found 3"),
        ("task = [{title='a'}, {title=2}]", 1, "task[2].title", "found 2; allowed: text"),
        ("[control]\na.kind='note'\n'b c'.kind='x'", 3, 'control."b c".kind', '"note" or "cc"'),
        ("[control.a]\nkind='cc'", 1, "control.a", "cc is a bad idea here"),
        ("osc = 2020-01-01", 1, "osc", "found 2020-01-01; allowed: a table"),
        ("name = 'a'\nname = 'b'", 2, "", "the same key is given twice"),
        ("name = \n", 1, "", "is not valid TOML: invalid value (column 8)"),
        ("\n\nrate = [1,\n\n", 3, "", "is not valid TOML"),
    ],
)
def test_a_wrong_text_is_told_with_line_key_found_and_allowed(
    text: str, line: int, key: str, told: str
) -> None:
    error = refused(text)
    assert (error.line, error.key) == (line, key)
    assert told in error.problem


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Odd(msgspec.Struct, forbid_unknown_fields=True):
    colour: Colour = Colour.RED
    number: int | None = None
    fewer: Annotated[list[int], msgspec.Meta(max_length=2)] = []
    longer: Annotated[str, msgspec.Meta(min_length=3)] = "abc"
    above: Annotated[float, msgspec.Meta(gt=0)] = 1.0
    at: Annotated[
        str, msgspec.Meta(pattern="^[0-9]+:[0-9]+$", description="a time such as 9:30")
    ] = ""
    pair: tuple[int, int] = (0, 0)
    either: list[str | int] = []
    when: datetime | None = None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("colour='green'", 'found "green"; allowed: "red" or "blue"'),
        ("number='1'", 'found "1"; allowed: a whole number'),
        ("fewer=[1, 2, 3]", "found a list; allowed: a list of whole numbers, at most 2 items"),
        ("longer='a'", 'found "a"; allowed: text, at least 3'),
        ("above=0", "found 0; allowed: a number greater than 0"),
        ("at='noon'", 'found "noon"; allowed: a time such as 9:30'),
        ("pair=[1]", "found a list; allowed: a list of 2 whole numbers"),
        ("either=3", "found 3; allowed: a list of (text or a whole number)"),
        ("when=true", "found true; allowed: a date and time"),
        ("colour=" + "9" * 100, "found 999"),
    ],
)
def test_what_is_allowed_is_told_in_a_users_words(text: str, told: str) -> None:
    assert told in refused(text, Odd).problem


def test_a_budget_may_be_of_either_kind() -> None:
    file = toml.parse("[[task]]\ntitle='a'\nbudget=3\n[[task]]\ntitle='b'\nbudget='3m'", File, "x")
    assert [task.budget for task in file.task] == [3, "3m"]


def test_carriage_returns_change_no_line_number() -> None:
    assert refused("name = 'a'\r\n\r\nauto = 1\r\n").line == 3


def test_a_value_that_would_upset_a_terminal_is_shown_harmless() -> None:
    error = refused('auto = "\\u001b[2J\\n\\u2028' + "x" * 500 + '"')
    assert "\x1b" not in str(error)
    assert len(str(error).splitlines()) == 1
    assert len(str(error)) < 120


def test_an_error_of_ones_own_has_the_line_of_its_key() -> None:
    document = toml.read("[[task]]\ntitle='a'\n\n[[task]]\nbudget='soon'\n", "song.toml")
    error = document.error(("task", 1, "budget"), 'found "soon"')
    assert str(error) == 'song.toml:5: task[2].budget: found "soon"'


def test_a_key_that_is_not_there_has_the_line_of_its_table() -> None:
    assert toml.line_of("a=1\n[b]\nc=1\n", ("b", "x", "y")) == 2
    assert toml.line_of("a=1\n[b]\nc=1\n", ("z",)) is None


LONG = '''
a = """
[not.a.table]
x = 1 # "" \\" """
b = \'\'\'
y = [\'\'\'
"c.d" . e = [ { f = 1, g = [2,
  3] }, # comment ]
  { f = 2 }
]
[ h . "i]" ]
j = 'k # no comment' # a comment
[[l]]
[[l.m]]
n = 1
[[l.m]]
n = 2
[l.o]
p = 1
[[l]]
[[l.m]]
q = "\\"]"
r = 1
'''


@pytest.mark.parametrize(
    ("key", "line"),
    [
        (("a",), 2),
        (("b",), 5),
        (("c.d", "e"), 7),
        (("c.d", "e", 0, "g", 1), 8),
        (("c.d", "e", 1, "f"), 9),
        (("h", "i]"), 11),
        (("h", "i]", "j"), 12),
        (("l", 0), 13),
        (("l", 0, "m", 1, "n"), 17),
        (("l", 0, "o", "p"), 19),
        (("l", 1), 20),
        (("l", 1, "m", 0, "r"), 23),
    ],
)
def test_a_key_is_found_in_whatever_form_it_is_written(
    key: tuple[str | int, ...], line: int
) -> None:
    tomllib.loads(LONG)
    assert toml.line_of(LONG, key) == line


def test_a_file_is_read_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbfname = 'M\xc3\xa4rz'\r\n")
    assert toml.load(path, File).name == "März"


def test_a_file_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"auto = true\nname = 'M\xe4rz'\n")
    with pytest.raises(InvalidFile, match=r"^shown:2: is not UTF-8 text \(byte 0xE4\)"):
        toml.load(path, File, shown="shown")


def test_a_missing_file_a_folder_and_an_impossible_name_are_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match="does not exist"):
        toml.load(tmp_path / "none.toml", File)
    with pytest.raises(InvalidFile, match="is a folder"):
        toml.load(tmp_path, File)
    with pytest.raises(InvalidFile, match=r"cannot be read|does not exist"):
        toml.load(Path("a\0b"), File)


def test_an_endless_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"#" * (toml.LARGEST + 1))
    with pytest.raises(InvalidFile, match="larger than 16 MiB"):
        toml.load(path, File)


@pytest.mark.parametrize(
    "text",
    ["a = " + "[" * 100_000, "a = " + "9" * 5_000, "a = '\ud800'", "a." * 2_000 + "a = 1", "\x00"],
)
def test_what_would_break_the_reader_is_refused(text: str) -> None:
    refused(text)


TOML_LIKE = st.text(
    alphabet=st.sampled_from("ab=.[]{}\"'#,\n\r\t \\13-:Tu_eé\ufeff\u2028"), max_size=60
)


def outcome(text: str) -> str:
    """Give the message of the refusal, or nothing when the text is read."""
    try:
        toml.parse(text, File, "x.toml")
    except InvalidFile as error:
        return str(error)
    return ""


@given(st.one_of(st.text(), TOML_LIKE))
def test_any_text_is_read_or_refused_in_one_line(text: str) -> None:
    assert len(outcome(text).splitlines()) <= 1


SCALARS = st.one_of(st.integers(-5, 5), st.booleans(), st.text("a\"'\n#]", max_size=5))
KEYS = st.text("ab.\" '", max_size=4)


def written(table: dict[str, Any]) -> str:
    return "".join(
        f"{quoted(key)}\n = {inline(value)}\n".replace("\n =", " =") for key, value in table.items()
    )


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def inline(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return quoted(value)
        case list():
            return "[\n" + ",\n".join(inline(item) for item in value) + "]"
        case dict():
            return "{" + ", ".join(f"{quoted(k)} = {inline(v)}" for k, v in value.items()) + "}"
        case _:
            return str(value)


VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


def paths(value: object, at: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    match value:
        case dict():
            inner = {path for key, one in value.items() for path in paths(one, (*at, key))}
        case list():
            inner = {path for n, one in enumerate(value) for path in paths(one, (*at, n))}
        case _:
            inner = set()
    return inner | ({at} if at else set())


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_every_key_of_any_document_has_a_line(table: dict[str, Any]) -> None:
    text = written(table)
    assert tomllib.loads(text) == table
    assert set(lines(text)) == paths(table)
