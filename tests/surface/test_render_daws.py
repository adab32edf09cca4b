"""How DAWs are, as lights: one each, or the worst of all on one."""

from __future__ import annotations

import pytest

from bridge.core.model import Studio
from bridge.core.settings import Settings
from bridge.core.view import View
from bridge.errors import InvalidFile
from bridge.files import toml
from bridge.files.layouts import layout_from, load_layouts
from bridge.files.profiles import load_profiles
from bridge.messages import DARK, Effect, Look
from bridge.moment import Moment
from bridge.surface.layout import Layout
from bridge.surface.roles import LIGHTS
from bridge.surface.surface import Surface

MINI = load_profiles().profiles["novation-launchpad-mini-mk3"]
NOW = Moment(10.0, 1.7e9)
VIEW = View(Studio(), 0, Settings(), NOW.wall)
HEAD = 'schema = 1\nid = "x"\nname = "X"\n'


def layout(*binds: str) -> Layout:
    text = HEAD + "".join(f"[[bind]]\n{bind}\n" for bind in binds)
    return layout_from(toml.read(text, "x.toml"))


def looks(laid: Layout, *daws: str) -> dict[str, Look]:
    return dict(Surface(MINI, laid).render(VIEW, NOW, daws).looks)


ONE = layout('on = "logo"\nshow = "daw"')
EACH = layout('on = "pad.1.1"\nshow = "daw"\nn = 1', 'on = "pad.1.2"\nshow = "daw"\nn = 2')


@pytest.mark.parametrize(
    ("daws", "state"),
    [
        ((), "none"),
        (("ready",), "ready"),
        (("unknown",), "unknown"),
        (("unknown", "ready"), "ready"),
        (("ready", "recording"), "recording"),
        (("trouble", "recording", "silent"), "recording"),
        (("silent", "trouble", "ready"), "trouble"),
    ],
)
def test_one_light_for_all_shows_a_take_then_what_needs_a_hand(
    daws: tuple[str, ...], state: str
) -> None:
    assert looks(ONE, *daws)["logo"] == LIGHTS["daw"][state].look("#FFFFFF")


def test_a_light_of_its_own_shows_the_daw_of_that_number_and_none_where_there_is_none() -> None:
    shown = looks(EACH, "trouble")
    assert (shown["pad.1.1"].effect, shown["pad.1.2"]) == (Effect.BLINK, DARK)
    assert looks(EACH, "ready", "silent")["pad.1.2"].effect is Effect.PULSE


def test_the_picture_changes_with_the_states_and_only_then() -> None:
    surface = Surface(MINI, ONE)
    first = surface.render(VIEW, NOW, ("ready",))
    assert surface.render(VIEW, NOW, ("ready",)) is first
    assert surface.render(VIEW, NOW, ("silent",)) != first


def test_a_state_may_be_restyled() -> None:
    text = HEAD + '[[bind]]\non = "logo"\nshow = "daw"\n[role.daw]\nready = { colour = "blue" }\n'
    laid = layout_from(toml.read(text, "x.toml"))
    assert looks(laid, "ready")["logo"].colour == "#0040FF"


@pytest.mark.parametrize(
    ("bind", "problem"),
    [
        ('on = "logo"\nshow = "goal"\nn = 1', 'says which DAW is shown; needed: show = "daw"'),
        ('on = "logo"\nshow = "daw"\nn = 0', "allowed: a whole number from 1 to 16"),
        ('on = "logo"\nshow = "daw"\nn = 17', "allowed: a whole number from 1 to 16"),
    ],
)
def test_a_number_that_means_nothing_is_refused(bind: str, problem: str) -> None:
    with pytest.raises(InvalidFile, match=problem):
        layout(bind)


def test_the_shipped_layouts_show_daws_where_a_light_is_free() -> None:
    shown = {
        (profile, name)
        for profile, one in load_profiles().profiles.items()
        for name, laid in load_layouts().layouts.items()
        if laid.requires <= one.provides
        and any(bind.show == "daw" and bind.controls(one.controls) for bind in laid.binds)
    }
    assert ("novation-launchpad-x", "queue-8x8") in shown
    assert ("akai-apc-mini-mk2", "queue-8x8") in shown
    assert ("mackie-control", "transport") in shown
