from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bridge.core.ear_rest import EarRule
from bridge.core.model import Section
from bridge.core.settings import Limit, Settings
from bridge.daw.table import TARGETS
from bridge.daw.target import DawSettings
from bridge.errors import Invalid, InvalidFile
from bridge.files import toml
from bridge.files.address import Address
from bridge.files.config import Config, load_config, read_config
from bridge.files.config_controllers import ControllerConfig, LightsConfig
from bridge.files.home import Home
from bridge.files.starter import starter

if TYPE_CHECKING:
    from pathlib import Path

INTERFACE = """
[osc]
listen = "127.0.0.1:7707"
[[osc.feedback]]
host = "127.0.0.1:9000"

[timer]
at_zero = "move-on"        # move-on | wait | keep-counting
grace = "10s"              # lights flash this long before it moves on
warning = "20%"
danger = "60s"
auto_start = true

[midi]
api = "auto"               # auto | alsa | jack | coremidi | winmm
[[controller]]
profile = "auto"           # or an id under mappings/controllers
layout = "queue-8x8"
port = ""                  # regex; empty: the profile's own

[[daw]]
kind = "reaper"            # ableton | reaper | ardour | bitwig | midi | osc
host = "127.0.0.1:8000"

[sections]
composition = "#3FA7FF"
"sound design" = "#C77DFF"
mixing = "#FFB000"
"""

PROFILES = ("novation-launchpad-mini-mk3", "generic-pads")
LAYOUTS = ("queue-8x8", "notes")


def read(text: str, token: str = "") -> Config:
    document = toml.read(text, "c.toml")
    return read_config(document, token=token, profiles=PROFILES, layouts=LAYOUTS)


def test_the_configuration_of_the_manual_is_read() -> None:
    config = read(INTERFACE)
    assert config.settings == Settings()
    assert config.osc_listen == Address("127.0.0.1", 7707)
    assert config.osc_feedback == (Address("127.0.0.1", 9000),)
    assert config.midi_api == "auto"
    assert config.controllers == (ControllerConfig("auto", "queue-8x8", ""),)
    (daw,) = config.daws
    assert (daw.kind, daw.address) == ("reaper", "127.0.0.1:8000")


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert load_config(Home(tmp_path, tmp_path)) == Config()
    assert read("") == Config()
    assert Config().controllers == (ControllerConfig("auto", "auto", ""),)
    assert str(Config().http_listen) == "127.0.0.1:7708"


def test_lights_run_titles_and_sleep_as_written() -> None:
    assert read("").lights == LightsConfig(scroll=True, sleep=900.0)
    written = read('[lights]\nscroll = false\nsleep = "1h30m"')
    assert written.lights == LightsConfig(scroll=False, sleep=5400.0)
    assert read('[lights]\nsleep = "0"').lights.sleep == 0.0


def test_a_file_named_by_hand_must_be_there(tmp_path: Path) -> None:
    home = Home(tmp_path, tmp_path, tmp_path / "other.toml")
    with pytest.raises(InvalidFile, match=r"other\.toml: does not exist$"):
        load_config(home)


def test_the_file_of_the_home_is_read(tmp_path: Path) -> None:
    home = Home(tmp_path, tmp_path)
    home.config_file.write_text('person = "Ada"', encoding="utf-8")
    assert load_config(home).settings.person == "Ada"


def test_every_setting_arrives_where_it_counts() -> None:
    config = read("""
        person = " Ada "
        stages = ["rough", "final"]
        [timer]
        at_zero = "wait"
        grace = 0
        warning = "5m"
        danger = "12.5%"
        auto_start = false
        budget = "50m"
        break = "1:30"
        ear_rest = "begin"
        [breaks]
        Foley = "10m  after 50m"
        [songs]
        in_hand = 0
        [prep]
        kinds = ["Samples"]
        tasks = ["Tidy the desk (10m)"]
        again = 14
        [rut]
        tell = false
        [osc]
        listen = "[::1]:0"
        [midi]
        api = "jack"
        [[controller]]
        profile = "generic-pads"
        layout = "notes"
        port = "^MPK"
        [[daw]]
        kind = "OSC"
        name = "Lights"
        host = "studio.local:9010"
        [[daw]]
        kind = "reaper"
        listen = "0.0.0.0:9020"
        [http]
        listen = "0.0.0.0:7708"
        token = "s3cret"
        [sections]
        foley = "#00ff00"
    """)
    assert config.settings == Settings(
        at_zero="wait",
        grace=0.0,
        warning=Limit(seconds=300.0),
        danger=Limit(share=0.125),
        auto_start=False,
        default_budget=3000.0,
        default_break=90.0,
        stages=("rough", "final"),
        sections=(Section("foley", "#00FF00"),),
        person="Ada",
        in_hand=0,
        ear_rules=(EarRule("foley", 600.0, 3000.0),),
        ear_rest="begin",
        prep_kinds=("samples",),
        prep_tasks=(("Tidy the desk", 600.0),),
        prep_again=14 * 24 * 3600.0,
        rut=False,
    )
    assert str(config.osc_listen) == "[::1]:0"
    assert config.midi_api == "jack"
    assert config.controllers == (ControllerConfig("generic-pads", "notes", "^MPK"),)
    assert config.daws == (
        DawSettings("osc", "Lights", "studio.local", 9010),
        DawSettings(
            "reaper",
            "",
            "127.0.0.1",
            8000,
            "0.0.0.0",  # noqa: S104 - read, not bound
            9020,
            web_host="127.0.0.1",
            web_port=8080,
        ),
    )
    assert config.token == "s3cret"  # noqa: S105 - a made-up one


def test_the_token_of_the_environment_wins_and_is_never_shown() -> None:
    config = read('[http]\ntoken = "of-the-file"', token="of-the-environment")  # noqa: S106 - made up
    assert config.token == "of-the-environment"  # noqa: S105 - made up
    assert "of-the-" not in repr(config)
    assert read('[http]\nlisten = "0.0.0.0:80"', token="t").http_listen.port == 80  # noqa: S106 - made up
    with pytest.raises(Invalid, match=r"^SONGBRIDGE_TOKEN holds characters other than"):
        read("", token="two words")  # noqa: S106 - made up


CLOSED = "which other machines can reach; allowed without a token: 127.0.0.1 or localhost."
DURATIONS = "allowed are 90s, 5m, 1h30m, 2:30 or a number of seconds, up to 24h"
DURATIONS_10M = DURATIONS.replace("24h", "10m")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "[timr]\n",
            (
                ':1: timr: is not known; did you mean "timer"? allowed: person, stages, osc,'
                " timer, breaks, songs, prep, rut, summary, midi, lights, listening, controller, daw, cues,"
                " cue, http, sections"
            ),
        ),
        (
            "[timer]\nautostart = true",
            (
                ':2: timer.autostart: is not known; did you mean "auto_start"? allowed: at_zero,'
                " grace, warning, danger, auto_start, budget, break, ear_rest"
            ),
        ),
        (
            '[breaks]\nmixing = "often"',
            ':2: breaks.mixing: found "often"; allowed: how long, and after how much work: "10m after 50m"',
        ),
        (
            '[breaks]\nmiking = "10m after 50m"',
            (
                ':2: breaks.miking: found "miking"; did you mean "mixing"?'
                " allowed: composition, sound design, mixing"
            ),
        ),
        (
            '[prep]\ntasks = ["Tidy the desk"]',
            ':2: prep.tasks[1]: found "Tidy the desk"; allowed: "Tidy the desk (10m)"',
        ),
        ("[prep]\nagain = 0", ":2: prep.again: found 0; allowed: 1 to 366"),
        ("[songs]\nin_hand = -1", ":2: songs.in_hand: found -1; allowed: 0 to 100"),
        (
            '[timer]\nat_zero = "explode"',
            ':2: timer.at_zero: found "explode"; allowed: "move-on", "wait" or "keep-counting"',
        ),
        (
            '[timer]\nauto_start = "yes"',
            ':2: timer.auto_start: found "yes"; allowed: true or false',
        ),
        ('[timer]\ngrace = "soon"', f':2: timer.grace: "soon" is not a duration; {DURATIONS_10M}'),
        ("[timer]\ngrace = -1", ":2: timer.grace: found -1; allowed: 0s or more"),
        ('[timer]\ngrace = "1h"', f':2: timer.grace: "1h" is longer than 10m; {DURATIONS_10M}'),
        (
            '[timer]\nwarning = "120%"',
            ':2: timer.warning: found "120%"; allowed: 0% to 100%, or a duration',
        ),
        (
            '[timer]\nwarning = "a fifth%"',
            ':2: timer.warning: found "a fifth%"; allowed: 0% to 100%, or a duration',
        ),
        ("[timer]\nwarning = -5", ":2: timer.warning: found -5; allowed: 0s or more"),
        (
            '[timer]\nbudget = "30s"',
            ':2: timer.budget: found "30s"; allowed: 1m to 24h; did you mean 30m?',
        ),
        (
            '[timer]\ndanger = "2m"\nwarning = "90s"',
            ":3: timer.warning: found 90s; allowed: as early as danger (2m) or earlier, or 0 for none",
        ),
        ("[timer]\nbreak = 0", ":2: timer.break: found 0; allowed: 1s or more"),
        (
            '[osc]\nlisten = "7707"',
            ':2: osc.listen: found "7707"; allowed: host:port such as "127.0.0.1:7707"',
        ),
        (
            '[osc]\nlisten = "300.1.1.1:7707"',
            ':2: osc.listen: found "300.1.1.1:7707"; allowed: host:port such as "127.0.0.1:7707"',
        ),
        (
            '[osc]\nlisten = "::1:7707"',
            ':2: osc.listen: found "::1:7707"; allowed: host:port such as "127.0.0.1:7707"',
        ),
        (
            '[osc]\nlisten = "[studio]:7707"',
            ':2: osc.listen: found "[studio]:7707"; allowed: host:port such as "127.0.0.1:7707"',
        ),
        (
            '[osc]\nlisten = "127.0.0.1:70000"',
            ":2: osc.listen: found port 70000; allowed: 0 to 65535",
        ),
        (
            '[[osc.feedback]]\nhost = "127.0.0.1:0"',
            ":2: osc.feedback[1].host: found port 0; allowed: 1 to 65535",
        ),
        (
            '[[osc.feedback]]\nhost = "localhost:7707"',
            (
                ':2: osc.feedback[1].host: "localhost:7707" is where Songbridge itself listens;'
                " name the other program's port"
            ),
        ),
        (
            '[osc]\nlisten = "127.0.0.1:7708"\n[http]\nlisten = "localhost:7708"',
            (
                ':4: http.listen: "localhost:7708" is taken by osc.listen already;'
                " give each its own port"
            ),
        ),
        (
            '[[daw]]\nkind = "reaper"\n[[daw]]\nkind = "reaper"\nname = "two"',
            (
                ':3: daw[2].listen: "127.0.0.1:9000" is taken by daw[1].listen already;'
                " give each its own port"
            ),
        ),
        ("[[daw]]\n", ":1: daw[1].kind: is missing; needed: text"),
        (
            '[[daw]]\nkind = "reeper"',
            ':2: daw[1].kind: found "reeper"; did you mean "reaper"? allowed: '
            + ", ".join(sorted(TARGETS)),
        ),
        (
            '[midi]\napi = "pulse"',
            ':2: midi.api: found "pulse"; allowed: "auto", "alsa", "jack", "coremidi" or "winmm"',
        ),
        (
            '[[controller]]\nprofile = "generic-pad"',
            (
                ':2: controller[1].profile: found "generic-pad"; did you mean "generic-pads"?'
                " allowed: auto, generic-pads, novation-launchpad-mini-mk3"
            ),
        ),
        (
            '[[controller]]\nlayout = "queue"',
            (
                ':2: controller[1].layout: found "queue"; did you mean "queue-8x8"?'
                " allowed: auto, notes, queue-8x8"
            ),
        ),
        (
            '[[controller]]\nport = "MPK("',
            (
                ':2: controller[1].port: found "MPK(", which is no regular expression:'
                " missing ), unterminated subpattern at position 3"
            ),
        ),
        (
            f'[[controller]]\nport = "{"x" * 201}"',
            ":2: controller[1].port: has 201 characters; allowed: up to 200",
        ),
        (
            '[[controller]]\n[[controller]]\nlayout = "notes"',
            (
                ":2: controller[2]: would fight with controller[1] over the same device;"
                " give each its own profile or port"
            ),
        ),
        (
            '[http]\nlisten = "0.0.0.0:7708"',
            (
                f':2: http.listen: found "0.0.0.0:7708", {CLOSED}'
                " Set token in [http], or SONGBRIDGE_TOKEN"
            ),
        ),
        (
            '[http]\nlisten = "studio.local:7708"',
            (
                f':2: http.listen: found "studio.local:7708", {CLOSED}'
                " Set token in [http], or SONGBRIDGE_TOKEN"
            ),
        ),
        (
            '[http]\ntoken = "two words"',
            ":2: http.token: holds characters other than ASCII letters, digits and signs",
        ),
        (
            '[sections]\nmixing = "orange"',
            ':2: sections.mixing: found "orange"; allowed: a colour such as "#3FA7FF"',
        ),
        (
            '[lights]\nscroll = "yes"',
            ':2: lights.scroll: found "yes"; allowed: true or false',
        ),
        (
            '[lights]\nsleep = "soon"',
            (
                ':2: lights.sleep: "soon" is not a duration; allowed are 90s, 5m, 1h30m, 2:30 or a number'
                " of seconds, up to 24h"
            ),
        ),
        ('stages = ["only"]', ":1: stages: found 1; allowed: 2 to 16 names"),
        ('stages = ["a", "A"]', ':1: stages[2]: found "A" a second time; keep one of them'),
        (
            'stages = ["a", "next"]',
            ':1: stages[2]: found "next"; allowed: any name but next and prev',
        ),
        (
            'person = "a\\nb"',
            (":1: person: holds the control character U+000A; allowed: one line of text"),
        ),
        (
            "[timer]\ngrace = 5\ngrace = 6",
            (":3: is not valid TOML: the same key is given twice, or is both a value and a table"),
        ),
    ],
)
def test_a_wrong_configuration_is_refused_with_line_key_found_and_allowed(
    text: str, problem: str
) -> None:
    with pytest.raises(InvalidFile) as refusal:
        read(text)
    assert str(refusal.value) == f"c.toml{problem}"


def test_two_controllers_of_one_profile_with_their_own_ports_are_fine() -> None:
    config = read('[[controller]]\nport = "left"\n[[controller]]\nport = "right"')
    assert [c.port for c in config.controllers] == ["left", "right"]


def test_a_name_nobody_checks_is_taken_as_it_is() -> None:
    document = toml.read('[[controller]]\nprofile = "mine"', "c.toml")
    assert read_config(document).controllers[0].profile == "mine"


def test_the_starter_says_what_the_defaults_say() -> None:
    assert read_config(toml.read(starter(), "c.toml")) == Config()


def test_the_examples_in_the_starter_can_be_switched_on() -> None:
    text = re.sub(r"^# (?=\[\[|[a-z]+ = )", "", starter(), flags=re.MULTILINE)
    config = read_config(toml.read(text, "c.toml"))
    assert config.settings.person == "Ada"
    assert config.token == "a-long-random-word"  # noqa: S105 - the one of the starter
    assert [d.kind for d in config.daws] == ["reaper"]
    assert config.osc_feedback == (Address("127.0.0.1", 9100),)


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("LocalHost", True),
        ("0.0.0.0", False),  # noqa: S104 - asked about, not bound
        ("::", False),
        ("192.168.1.5", False),
        ("localhost.evil.example", False),
    ],
)
def test_loopback_is_what_only_this_machine_reaches(host: str, loopback: bool) -> None:
    assert Address(host, 1).loopback is loopback


def test_listeners_clash_on_one_port_where_hosts_overlap() -> None:
    here, there, everywhere = (Address(h, 7) for h in ("127.0.0.1", "10.0.0.1", "::"))
    assert here.clashes(Address("localhost", 7))
    assert here.clashes(everywhere)
    assert everywhere.clashes(there)
    assert not here.clashes(there)
    assert not here.clashes(Address("127.0.0.1", 8))
    assert not Address("127.0.0.1", 0).clashes(Address("127.0.0.1", 0))


@pytest.mark.parametrize("warning", ['"0s"', '"2m"', '"5%"'])
def test_a_warning_may_be_none_as_early_as_danger_or_a_share(tmp_path: Path, warning: str) -> None:
    home = Home(tmp_path, tmp_path)
    home.config_file.write_text(f'[timer]\ndanger = "2m"\nwarning = {warning}\n', encoding="utf-8")
    assert load_config(home).settings.danger.seconds == 120
