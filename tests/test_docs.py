"""What the documents say and the code knows, held against each other."""

from __future__ import annotations

import re
from pathlib import Path

from bridge.core.model import Studio
from bridge.core.react import _NAMES as EVENTS
from bridge.core.settings import Settings
from bridge.core.view import View
from bridge.core.vocabulary import ACTIONS
from bridge.files.profiles import load_profile, load_profiles
from bridge.files.shipped import layout_ids, profile_ids
from bridge.files.starter import starter
from bridge.ports import osc_requests, osc_table
from bridge.surface import schemes
from bridge.surface.drivers import DRIVERS
from tests import docs_devices

DOCS = Path(__file__).parent.parent / "docs"


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page(name), re.MULTILINE | re.DOTALL)


def test_the_actions_are_those_of_the_vocabulary_in_its_order() -> None:
    rows = re.findall(r"^\| `(\w+)`(?: / `(\w+)`)* \|", page("actions.md"), re.MULTILINE)
    assert [name for row in rows for name in row if name] == list(ACTIONS)


def test_the_configuration_shows_every_key_with_its_default() -> None:
    assert blocks("configuration.md", "toml") == [starter()]


def test_the_profile_that_is_shown_can_be_used(tmp_path: Path) -> None:
    (shown,) = (text for text in blocks("profiles.md", "toml") if "acme-padder" in text)
    file = tmp_path / "acme-padder.toml"
    file.write_text(shown, "utf-8")
    assert load_profile(file).name == "Acme Padder"


def test_every_shipped_profile_layout_scheme_and_driver_is_told() -> None:
    names = {*profile_ids(), *layout_ids(), *schemes.CONTROLS, *schemes.DISPLAYS, *DRIVERS}
    pages = ("controllers.md", "devices.md", "profiles.md", "layouts.md")
    text = "".join(page(name) for name in pages if (DOCS / name).exists())
    assert [name for name in sorted(names) if f"`{name}`" not in text] == []


def test_the_page_of_devices_is_what_the_profiles_say() -> None:
    told = page("devices.md")
    assert told == docs_devices.page(), "write it anew: python -m tests.docs_devices"


def test_every_source_that_a_profile_names_is_told() -> None:
    keys = {key for profile in load_profiles().profiles.values() for key in profile.sources}
    told = re.findall(r"^\| (.+?) \|", page("sources.md"), re.MULTILINE)
    assert sorted(keys - {key for row in told for key in row.split(", ")}) == []


def test_every_osc_address_is_told() -> None:
    empty = View(Studio(), 0, Settings(), 0.0)
    ours = {*osc_table.state(empty), *osc_table.countdown(empty)}
    served = set(osc_requests.ADDRESSES) - {osc_requests.ROOT + name for name in ACTIONS}
    told = {re.sub(r"/\d+(?=/|$)", "/N", address) for address in ours | served}
    assert [address for address in sorted(told) if f"`{address}`" not in page("osc.md")] == []


def test_every_event_is_told() -> None:
    assert [name for name in EVENTS.values() if f"`{name}`" not in page("osc.md")] == []


def test_decisions_are_numbered_without_a_gap_and_each_is_listed() -> None:
    files = sorted((DOCS / "adr").glob("[0-9]*.md"))
    assert [file.name[:4] for file in files] == [f"{n:04}" for n in range(1, len(files) + 1)]
    heads = [file.read_text("utf-8").split(" ")[1] for file in files]
    assert heads == [f"{n}." for n in range(1, len(files) + 1)]
    rows = re.findall(r"^\| (\d+) \| \[.+\]\((.+)\) \|$", page("adr/README.md"), re.MULTILINE)
    assert rows == [(str(n), file.name) for n, file in enumerate(files, 1)]


def test_the_first_song_names_the_service_before_what_is_asked_of_it() -> None:
    readme = (DOCS.parent / "README.md").read_text("utf-8")
    steps = readme.partition("## Your first song")[2].partition("\n## ")[0]
    named = re.findall(r"songbridge (up|ports|learn --device|learn|end)\b", steps)
    assert list(dict.fromkeys(named)) == ["up", "ports", "learn --device", "learn", "end"]
