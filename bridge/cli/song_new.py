"""`song new`: a song from its map to its tasks, as an interview that loses nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from bridge.cli import configured
from bridge.cli.here import Here
from bridge.cli.showing import as_json as print_json
from bridge.cli.showing import plain
from bridge.cli.telling import facts, said
from bridge.errors import Invalid, Refused

if TYPE_CHECKING:
    from bridge.cli.song_new_steps import Interview
    from bridge.core.actions import SongDraft
    from bridge.core.model import SongMap
    from bridge.core.templates import Template

_MANY = {"inspiration": "inspiration", "theme": "musical_themes", "other_theme": "other_themes"}
_ANSWERS = ("depict", "audience", "sound")
_MAP = frozenset((*_MANY.values(), *_ANSWERS))


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the command was given.

    ``asked`` tells that questions are asked at all, ``proposed``
    that the general template's tasks are taken where none is named.
    """

    title: str
    map: SongMap
    template: str
    song: str
    answered: frozenset[str]
    yes: bool
    asked: bool
    proposed: bool
    as_json: bool


@click.command()
@click.argument("title", metavar="[TITLE]", default="")
@click.option(
    "--template", metavar="NAME", default="", help="A template or a genre; none: no tasks."
)
@click.option(
    "--from", "song", metavar="SONG", default="", help="One of your songs as the template."
)
@click.option(
    "--inspiration", multiple=True, metavar="TEXT", help="A note, link or file; repeat it."
)
@click.option("--theme", multiple=True, metavar="TEXT", help="A musical theme; repeat it.")
@click.option("--other-theme", multiple=True, metavar="TEXT", help="Another theme; repeat it.")
@click.option("--depict", metavar="TEXT", help="What should it depict?")
@click.option("--audience", metavar="TEXT", help="Who is it for?")
@click.option("--sound", metavar="TEXT", help="What should it sound like?")
@click.option("--yes", is_flag=True, help="Take the proposed tasks as they are.")
@click.option("--no-interview", is_flag=True, help="Ask nothing: what isn't given is left out.")
@click.option("--drafts", "list_drafts", is_flag=True, help="List interviews that are not over.")
@click.option("--discard", metavar="ID", default="", help="Throw such a draft away.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def new(here: Here, /, title: str, template: str, song: str, **given: Any) -> None:  # noqa: ANN401 - the options' values
    """Begin a song: its inspiration, its themes, three questions, then its tasks, one at a time.

    Enter skips a question, < goes one back, q ends; what was answered is kept, and `song new` goes on
    with it. Tasks are proposed by genre and from your own finished songs, with what they really took.

    \b
    Examples:
      songbridge song new
      songbridge song new "Night Drive" --template techno
      songbridge song new "Night Drive" --from northern-lights --yes
      songbridge song new "Night Drive" --no-interview --depict "an empty ring road"
    """  # noqa: D301 - \b is click's word for lines that stay as they are
    if given["discard"]:
        _discard(here, given["discard"])
    elif given["list_drafts"]:
        _list(here, as_json=given["as_json"])
    else:
        _new(here, _wish(title, template, song, given))


def _wish(title: str, template: str, song: str, given: dict[str, Any]) -> _Wish:
    from bridge.cli.song_new_inspiration import kept  # noqa: PLC0415 - loaded with the command
    from bridge.core.model import NO_MAP  # noqa: PLC0415 - as above

    if template and song:
        raise click.UsageError("--template or --from, not both")
    asked = not given["no_interview"]
    if not asked and not title:
        raise click.UsageError('without an interview a TITLE is needed: song new "Night Drive"')
    lists: dict[str, Any] = {name: given[option] for option, name in _MANY.items()}
    lists["inspiration"] = tuple(kept(line)[0] for line in lists["inspiration"])
    answers = {name: given[name] for name in _ANSWERS if given[name] is not None}
    answered = {name for name, texts in lists.items() if texts} | answers.keys()
    yes = given["yes"] or not asked
    answered |= {"title"} if title else set()
    answered |= {"template"} if template or song else set()
    answered |= {"template", "tasks", "order", "minutes"} if yes else set()
    made = replace(NO_MAP, **lists, **answers)
    return _Wish(
        title, made, template, song, frozenset(answered), yes, asked, given["yes"], given["as_json"]
    )


def _new(here: Here, wish: _Wish) -> None:
    from bridge.cli import song_new_steps as steps  # noqa: PLC0415 - loaded with the command
    from bridge.cli.learn_talk import Cancelled  # noqa: PLC0415 - as above

    interview = _begun(here, wish)
    try:
        if wish.asked:
            _resume(interview, wish)
        interview.keeping = wish.asked
        if (template := _template(wish, interview)) is not None:
            interview.take(template)
        if wish.asked:
            steps.run(interview)
        if not wish.yes and not _agreed(here, interview):
            return
    except Cancelled:
        raise Refused(_kept(interview)) from None
    except KeyboardInterrupt:
        click.echo("\n" + plain(_kept(interview)), err=True)
        raise click.exceptions.Exit(130) from None
    _bring_in(here, interview, as_json=wish.as_json)


def _begun(here: Here, wish: _Wish) -> Interview:
    from bridge.cli.song_new_steps import Interview  # noqa: PLC0415 - loaded with the command
    from bridge.cli.song_new_talk import aloud, talk  # noqa: PLC0415 - as above
    from bridge.core.actions import SongDraft  # noqa: PLC0415 - as above
    from bridge.core.decide_songs import slug, title_of  # noqa: PLC0415 - as above
    from bridge.files.drafts import Plan  # noqa: PLC0415 - as above
    from bridge.files.templates import load_templates  # noqa: PLC0415 - as above

    settings = configured.settings(here)
    known, wrong = load_templates(here.home, settings)
    for line in wrong:
        click.echo(plain(line), err=True)
    with here.client() as client:
        studio = client.studio()[0]
    if wish.title and slug(wish.title) in studio.songs:
        raise Refused(f"there is a song {slug(wish.title)!r} already; give this one another title")
    title = title_of(wish.title) if wish.title else ""
    return Interview(
        talk(aloud(err=wish.as_json)), here.home, settings, studio, known,
        Plan(SongDraft(title, map=wish.map)), wish.answered, keeping=False,
    )  # fmt: skip


def _template(wish: _Wish, interview: Interview) -> Template | None:
    """Return the template that was asked for, the general one where none may be asked for."""
    from bridge.core import templates  # noqa: PLC0415 - loaded with the command
    from bridge.core.find import find_song  # noqa: PLC0415 - as above

    if wish.song:
        return templates.of_song(find_song(interview.studio, wish.song))
    if not wish.template and not wish.proposed:
        return None
    name = wish.template or templates.GENERAL
    if name.casefold() == "none":
        return None
    found = templates.found(name, interview.known)
    if found is None:
        ids = ", ".join(one.id for one in interview.known)
        raise Invalid(f"no template is for {name[:80]!r}; there are {ids}, and none")
    return found


def _resume(interview: Interview, wish: _Wish) -> None:
    """Offer to go on with an interview that is not over."""
    from bridge.files import drafts  # noqa: PLC0415 - loaded with the command

    left, wrong = drafts.plans(interview.home, interview.settings)
    for line in wrong:
        click.echo(plain(line), err=True)
    if wish.title:
        left = [plan for plan in left if plan.id == interview.plan.id]
    for plan in left:
        question = f"{plan.song.title!r} is not finished being asked for; go on with it?"
        if interview.talk.yes(question):
            given = {name: getattr(wish.map, name) for name in wish.answered & _MAP}
            song_map = replace(plan.song.map, **given)
            interview.plan = replace(plan, song=replace(plan.song, map=song_map))
            return
    interview.talk.say("Enter skips a question, < goes one back, q ends and keeps what was said.")


def _kept(interview: Interview) -> str:
    if not interview.plan.song.title:
        return (
            "nothing was answered, so there is no song; to say it at once: songbridge song new"
            ' "Night Drive" --template techno --yes --no-interview'
        )
    title = interview.plan.song.title
    return f"{title!r} is kept as a draft; `songbridge song new` goes on where it stopped"


def _agreed(here: Here, interview: Interview) -> bool:
    """Show the song, and ask whether it is right; it may be edited before."""
    from bridge.cli import song_new_steps as steps  # noqa: PLC0415 - loaded with the command
    from bridge.cli.song_new_edit import edited  # noqa: PLC0415 - as above
    from bridge.cli.song_new_talk import Back, ask  # noqa: PLC0415 - as above

    while True:
        for line in steps.preview(interview.plan.song, interview.settings):
            interview.talk.say(line)
        try:
            said_ = ask(
                interview.talk, "Begin this song? yes, no, edit, or < for the questions", "yes"
            )
        except Back:
            interview.plan = replace(interview.plan, step="minutes")
            steps.run(interview)
            continue
        word = said_.casefold()
        if word in ("y", "yes"):
            return True
        if word in ("n", "no"):
            interview.talk.say(_kept(interview))
            return False
        if word in ("e", "edit"):
            edited(here, interview)
        else:
            interview.talk.say("yes begins it, no keeps it as a draft, edit opens your editor")


def _bring_in(here: Here, interview: Interview, *, as_json: bool) -> None:
    from bridge.core.actions import ImportSong  # noqa: PLC0415 - loaded with the command
    from bridge.files import drafts  # noqa: PLC0415 - as above

    draft: SongDraft = interview.plan.song
    with here.client(writing=True) as client:
        granted = client.ask(ImportSong(draft))
        ids = [r["song"] for r in facts(client, granted.seq) if r["event"] == "song-added"]
        hints = said(granted)
    if interview.keeping:
        drafts.discard(here.home, interview.plan.id)
    if as_json:
        told = [{"id": one, "title": draft.title, "tasks": len(draft.tasks)} for one in ids]
        print_json({"songs": told, "said": hints})
        return
    count = "1 task" if len(draft.tasks) == 1 else f"{len(draft.tasks)} tasks"
    for one in ids:
        click.echo(plain(f"{one}: {draft.title}, {count}"))
    for line in dict.fromkeys(hints):
        click.echo(plain(line))
    click.echo(
        "`songbridge start` begins with the first task"
        if draft.tasks
        else f"`songbridge song edit {interview.plan.id}` puts tasks into it"
    )


def _list(here: Here, *, as_json: bool) -> None:
    from bridge.files import drafts  # noqa: PLC0415 - loaded with the command

    left, wrong = drafts.plans(here.home, configured.settings(here))
    if as_json:
        print_json([{"id": one.id, "title": one.song.title, "step": one.step} for one in left])
    for one in () if as_json else left:
        step = one.step.replace("_", " ")
        click.echo(plain(f"{one.id}: {one.song.title}, stands at {step!r}"))
    for line in wrong:
        click.echo(plain(line), err=True)
    if not left and not as_json:
        click.echo("no interview is waiting; `songbridge song new` begins one")


def _discard(here: Here, name: str) -> None:
    from bridge.files import drafts  # noqa: PLC0415 - loaded with the command

    if not drafts.discard(here.home, name):
        raise Refused(f"there is no draft {name[:80]!r}; `songbridge song new --drafts` lists them")
    click.echo(plain(f"{name} is thrown away"))
