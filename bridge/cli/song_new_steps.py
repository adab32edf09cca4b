"""The questions of the interview, each by its name; a draft is kept after every answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from bridge.cli import song_new_inspiration
from bridge.cli.learn_talk import Talk
from bridge.cli.song_new_talk import Back, ask, checked
from bridge.core import proposing, sizes, templates
from bridge.core.actions import SongDraft, TaskDraft
from bridge.core.decide_queue import one_line
from bridge.core.decide_songs import slug
from bridge.core.model import Section, SongMap, Studio
from bridge.core.settings import Settings
from bridge.core.templates import Template
from bridge.errors import Invalid
from bridge.files import drafts
from bridge.files.drafts import Plan
from bridge.files.fields import PROSE
from bridge.files.home import Home
from bridge.files.songs import ENTRIES

NAMELESS: Final = "Untitled"
_QUESTIONS: Final = {
    "depict": "What should it depict?",
    "audience": "Who is it for?",
    "sound": "What should it sound like?",
}
_THEMES: Final = {
    "musical_themes": "Musical themes, with commas between (driving, euphoric)",
    "other_themes": "Other themes, with commas between (midnight, cold air)",
}


@dataclass
class Interview:
    """One interview: ``plan`` so far, what there is to choose from, and what was answered beforehand.

    ``keeping`` tells that drafts are written, ``told`` where proposals come from (by title), ``seen``
    which list was shown last.
    """

    talk: Talk
    home: Home
    settings: Settings
    studio: Studio
    known: tuple[Template, ...]
    plan: Plan
    answered: frozenset[str] = frozenset()
    told: dict[str, str] = field(default_factory=dict)
    keeping: bool = True
    seen: tuple[TaskDraft, ...] | None = None

    # --- keeping ----------------------------------------------------------------------------------

    def change(self, **words: object) -> None:
        """Change fields of the song, and keep the draft."""
        self.rewrite(replace(self.plan, song=replace(self.plan.song, **words)))  # type: ignore[arg-type] # fields of a draft

    def change_map(self, **words: object) -> None:
        """Change fields of the map, and keep the draft."""
        self.change(map=replace(self.plan.song.map, **words))  # type: ignore[arg-type] # fields of a map

    def at(self, step: str) -> None:
        """Stand at a question; before the title nothing is kept."""
        self.rewrite(replace(self.plan, step=step))

    def rewrite(self, plan: Plan) -> None:
        """Take another plan for this one, and keep it."""
        was, self.plan = self.plan, plan
        if plan.song.title and self.keeping:
            drafts.keep(self.home, plan, was.id if was.song.title else "")

    # --- questions --------------------------------------------------------------------------------

    def title(self) -> None:
        """Ask for the title; no other song may be called so."""
        while True:
            said = one_line_of(self.talk, "Title of the song", self.plan.song.title)
            title = said or self._nameless()
            if slug(title) not in self.studio.songs:
                self.change(title=title)
                return
            self.talk.say(f"there is a song {slug(title)!r} already; another title, please")

    def _nameless(self) -> str:
        taken = {*self.studio.songs, *(path.stem for path in self.home.drafts.glob("*.toml"))}
        names = (NAMELESS, *(f"{NAMELESS} {n}" for n in range(2, 10_000)))
        return next(name for name in names if slug(name) not in taken)

    def inspiration(self) -> None:
        """Ask for notes, links, files and pictures."""
        present = self.plan.song.map.inspiration
        song_new_inspiration.gather(
            self.talk, present, lambda found: self.change_map(inspiration=found)
        )

    def themes(self, name: str) -> None:
        """Ask for themes in one line."""
        present = ", ".join(getattr(self.plan.song.map, name))
        said = _short(self.talk, _THEMES[name], present)
        words = tuple(t.strip() for t in said.split(",") if t.strip())
        if len(words) > ENTRIES:
            self.talk.say(f"the first {ENTRIES} are kept")
        self.change_map(**{name: words[:ENTRIES]})

    def question(self, name: str) -> None:
        """Ask one of the three questions."""
        self.change_map(
            **{name: _short(self.talk, _QUESTIONS[name], getattr(self.plan.song.map, name))}
        )

    def template(self) -> None:
        """Ask for the genre, which chooses a template, and propose its tasks."""
        choice = [*self.known, *self._own()]
        for number, one in enumerate(choice, 1):
            words = f": {one.words}" if one.words else ""
            self.talk.say(f"{number:>3}  {one.name}{words}")
        present = self.plan.template or templates.GENERAL
        while True:
            said = ask(
                self.talk, "Which template? A number or a genre (none: an empty list)", present
            )
            if said.casefold() in ("none", ""):
                self.take(None)
                return
            number = int(said) if said.isdigit() and len(said) < 5 else 0  # noqa: PLR2004 - no list is that long
            meant = (
                choice[number - 1] if 1 <= number <= len(choice) else templates.found(said, choice)
            )
            if meant is not None:
                self.take(meant)
                return
            self.talk.say(f"no template is for {said!r}; a number from the list, please")

    def _own(self) -> list[Template]:
        songs = templates.finished(self.studio, self.settings)
        return [templates.of_song(song) for song in songs[-9:] if song.tasks]

    def take(self, template: Template | None) -> None:
        """Take a template's tasks as the list, unless it is the one they come from already."""
        name = template.id if template else "none"
        if name == self.plan.template and self.plan.song.tasks:
            return
        proposed = templates.proposals(template, self.studio, self.settings) if template else ()
        tasks = tuple(one.task for one in proposed)
        sections = templates.sections(template, tasks, self.settings.sections) if template else ()
        self.rewrite(
            replace(
                self.plan,
                template=name,
                song=replace(self.plan.song, tasks=tasks, sections=sections),
            )
        )

    def tasks(self) -> None:
        """Ask which of the proposed tasks are taken."""
        self._list(
            "Tasks: Enter takes them all; or for example: drop 3 5-7 · 4 New words (20m) · "
            "add mixing: Title (20m)"
        )
        for task in self.plan.song.tasks:
            if hint := sizes.hint(task.title, task.budget or self.settings.default_budget):
                self.talk.say(f"{task.title}: {hint}")

    def order(self) -> None:
        """Ask for the order in which one would ideally complete them."""
        if len(self.plan.song.tasks) > 1:
            self._list("Order: Enter when it is right; or for example: move 5 2 · by section")

    def minutes(self) -> None:
        """Ask for the minutes; what has none gets what such tasks took, or the usual ones."""
        if not self.plan.song.tasks:
            return
        found = [
            templates.budgeted(task, self.studio, self.settings) for task in self.plan.song.tasks
        ]
        self.change(tasks=tuple(one.task for one in found))
        self.told = {**self.reasons(), **{one.task.title: one.told for one in found if one.told}}
        self._list("Minutes: Enter when they are right; or for example: 3 40 · 5-7 20 · all 25")

    def _list(self, question: str) -> None:
        if self.plan.song.tasks != self.seen:
            self._show()

        def take(line: str) -> None:
            names = [section.name for section in self.sections()]
            self.change(tasks=proposing.said(self.plan.song.tasks, line, names))
            self._show()

        checked(self.talk, question, take)

    def sections(self) -> tuple[Section, ...]:
        """Return the song's sections, or those of the studio."""
        return self.plan.song.sections or self.settings.sections

    def _show(self) -> None:
        tasks = self.seen = self.plan.song.tasks
        for line in proposing.shown(tasks, self.reasons()):
            self.talk.say(line)
        if tasks:
            self.talk.say(f"     {proposing.total(tasks, self.settings.default_budget)} in all")
        else:
            self.talk.say("no task yet; add TITLE (20m) puts one on the list")

    def reasons(self) -> Mapping[str, str]:
        """Return by title where a proposal comes from; worked out once a template."""
        name = self.plan.template
        if name not in self.told:
            self.told = {name: ""}
            for one in (*self.known, *self._own()):
                if one.id == name:
                    found = templates.proposals(one, self.studio, self.settings)
                    self.told |= {each.task.title: each.told for each in found}
        return self.told


def one_line_of(talk: Talk, question: str, present: str) -> str:
    """Return a line that can be a title. Raises `Back`, `Cancelled`."""
    while True:
        try:
            return one_line(ask(talk, question, present))
        except Invalid as wrong:
            talk.say(str(wrong))


def _short(talk: Talk, question: str, present: str) -> str:
    while len(said := ask(talk, question, present)) > PROSE:
        talk.say(f"that has {len(said)} characters; up to {PROSE} are kept")
    return said


STEPS: Final[Mapping[str, Callable[[Interview], None]]] = {
    "title": Interview.title,
    "inspiration": Interview.inspiration,
    "musical_themes": lambda one: one.themes("musical_themes"),
    "other_themes": lambda one: one.themes("other_themes"),
    "depict": lambda one: one.question("depict"),
    "audience": lambda one: one.question("audience"),
    "sound": lambda one: one.question("sound"),
    "template": Interview.template,
    "tasks": Interview.tasks,
    "order": Interview.order,
    "minutes": Interview.minutes,
}
"""The questions in their order."""


def run(interview: Interview) -> None:
    """Ask from the question at which the plan stands to the last. Raises `Cancelled`."""
    names = [name for name in STEPS if name not in interview.answered]
    index = names.index(interview.plan.step) if interview.plan.step in names else 0
    if interview.plan.step == "preview":
        index = len(names)
    while index < len(names):
        interview.at(names[index])
        try:
            STEPS[names[index]](interview)
            index += 1
        except Back:
            if index == 0:
                interview.talk.say("this is the first question")
            index = max(0, index - 1)
    interview.at("preview")


def preview(draft: SongDraft, settings: Settings) -> list[str]:
    """Return the song as it would come in, a line each."""
    lines = [f"{draft.title} · {draft.stage or settings.stages[0]}"]
    lines += [f"  {name}: {words}" for name, words in _map_words(draft.map)]
    lines += proposing.shown(draft.tasks, {})
    count = "1 task" if len(draft.tasks) == 1 else f"{len(draft.tasks)} tasks"
    lines.append(f"     {count}, {proposing.total(draft.tasks, settings.default_budget)}")
    return lines


def _map_words(song_map: SongMap) -> list[tuple[str, str]]:
    told = [("inspiration", line) for line in song_map.inspiration]
    told.append(("musical themes", ", ".join(song_map.musical_themes)))
    told.append(("other themes", ", ".join(song_map.other_themes)))
    told += [
        ("depicts", song_map.depict),
        ("is for", song_map.audience),
        ("sounds", song_map.sound),
    ]
    return [(name, words) for name, words in told if words]
