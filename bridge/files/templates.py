"""Templates of songs from TOML: the shipped ones, and the user's own, which win."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
import tomlkit

from bridge.core.actions import SongDraft
from bridge.core.replacing import replace
from bridge.core.settings import Settings
from bridge.core.templates import Template
from bridge.errors import Invalid, InvalidFile
from bridge.files import fields, shipped, toml
from bridge.files.song_export import write_draft
from bridge.files.songs import TaskFile, read_song
from bridge.files.toml import Document
from bridge.files.toml_faults import found

if TYPE_CHECKING:
    from pathlib import Path

    from bridge.files.home import Home

_GENRES: Final = 40
_OWN: Final = ("id", "name", "genres", "words")
_DEFAULTS: Final = Settings()


class TemplateFile(msgspec.Struct, forbid_unknown_fields=True):
    """The whole file: tasks and sections are written as in a song."""

    id: str
    name: str
    task: list[TaskFile]
    genres: list[str] = []
    words: str = ""
    sections: dict[str, str] = {}


def load_template(path: Path, settings: Settings = _DEFAULTS) -> Template:
    """Read the template at `path`. Raises `InvalidFile` for anything that is wrong in it."""
    document = toml.open_document(path)
    template = read_template(document, settings)
    if template.id != path.stem:
        raise document.error(("id",), f"found {found(template.id)}; the file is called {path.name}")
    return template


def read_template(document: Document, settings: Settings = _DEFAULTS) -> Template:
    """Return the template that `document` holds. Raises `InvalidFile`."""
    written = document.convert(TemplateFile)
    if not shipped.ID.fullmatch(written.id):
        raise document.error(
            ("id",), f"found {found(written.id)}; allowed: small letters, digits and hyphens"
        )
    fields.at_most(document, ("genres",), written.genres, _GENRES)
    name = fields.line(document, ("name",), written.name)
    _check_tasks(document, written)
    rest = {key: value for key, value in document.data.items() if key not in _OWN}
    song = read_song(Document(document.text, document.file, {**rest, "title": name}), settings)
    return Template(
        written.id,
        name,
        tuple(fields.line(document, ("genres", n), g) for n, g in enumerate(written.genres)),
        fields.optional(document, ("words",), written.words, most=fields.TITLE),
        song.sections or settings.sections,
        song.tasks,
        document.file,
    )


def _check_tasks(document: Document, written: TemplateFile) -> None:
    """Refuse what only a song that is worked on has. Raises `InvalidFile`."""
    for number, task in enumerate(written.task):
        for key in ("state", "spent", "kept"):
            if getattr(task, key) != getattr(TaskFile(""), key):
                raise document.error(("task", number, key), "is no part of a template; take it out")


def load_templates(
    home: Home | None = None, settings: Settings = _DEFAULTS
) -> tuple[tuple[Template, ...], tuple[str, ...]]:
    """Return all templates by id, and a sentence on each file that is wrong.

    Where a file of the user's own is wrong, the shipped one of its id is not taken instead.
    """
    read: list[Template] = []
    wrong: list[str] = []
    for name in shipped.template_ids(home):
        try:
            read.append(load_template(shipped.template_path(name, home), settings))
        except InvalidFile as fault:
            wrong.append(str(fault))
    return tuple(read), tuple(wrong)


def named(name: str, home: Home, settings: Settings) -> Template:
    """Return the template of that id. Raises `Invalid`, `InvalidFile`."""
    return load_template(shipped.template_path(name, home), settings)


def write_template(template: Template) -> str:
    """Return `template` as TOML that `read_template` reads back."""
    head = tomlkit.document()
    head.add("id", tomlkit.item(template.id))
    head.add("name", tomlkit.item(template.name))
    if template.genres:
        head.add("genres", tomlkit.item(list(template.genres)))
    if template.words:
        head.add("words", tomlkit.item(template.words))
    plain = tuple(replace(task, kept="", spent=0.0, hand_over=()) for task in template.tasks)
    body = write_draft(SongDraft("x", sections=template.sections, tasks=plain))
    return tomlkit.dumps(head) + "\n" + body.partition("\n")[2].lstrip("\n")


def own_file(home: Home, name: str) -> Path:
    """Return where a template of the user's own of that id is kept. Raises `Invalid`."""
    if not shipped.ID.fullmatch(name):
        raise Invalid(f"{found(name)} is no id; allowed: small letters, digits and hyphens")
    return home.templates / f"{name}.toml"
