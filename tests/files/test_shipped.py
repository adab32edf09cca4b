"""Where the data is that travels with the package, and which file an id means."""

from __future__ import annotations

from pathlib import Path

import pytest

import bridge
from bridge.errors import Invalid, Unavailable
from bridge.files import shipped
from bridge.files.home import Home


def test_in_a_checkout_the_data_lies_beside_the_package() -> None:
    assert shipped.profile_path("generic-pads").is_file()
    assert "generic-pads" in shipped.profile_ids()
    assert shipped.examples().is_dir()
    assert shipped.layouts()[0].name == "layouts"


def test_in_an_installed_package_the_data_lies_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "bridge"
    controllers = package / "mappings" / "controllers"
    controllers.mkdir(parents=True)
    (controllers / "one.toml").touch()
    (tmp_path / "site-packages" / "mappings").mkdir()  # somebody else's
    monkeypatch.setattr(bridge, "__file__", str(package / "__init__.py"))
    assert shipped.profile_ids() == ("one",)
    assert shipped.profile_path("one") == controllers / "one.toml"


def test_a_package_without_its_data_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bridge, "__file__", str(tmp_path / "bridge" / "__init__.py"))
    with pytest.raises(Unavailable, match="install Songbridge again"):
        shipped.profile_ids()


def test_ones_own_file_wins_over_the_shipped_one(tmp_path: Path) -> None:
    home = Home(tmp_path, tmp_path)
    assert shipped.profile_path("generic-pads", home).parent != home.controllers
    home.controllers.mkdir()
    own = home.controllers / "generic-pads.toml"
    own.touch()
    (home.controllers / "Not An Id.toml").touch()
    assert shipped.profile_path("generic-pads", home) == own
    assert shipped.profile_ids(home) == shipped.profile_ids()


@pytest.mark.parametrize("name", ["generic-pad", "../generic-pads", "", "generic-pads.toml", "a/b"])
def test_an_id_that_is_none_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(Invalid, match=r"allowed: .*generic-pads"):
        shipped.profile_path(name)


def test_a_near_miss_is_told() -> None:
    with pytest.raises(Invalid, match='found no layout "queue-8x9"; did you mean "queue-8x8"'):
        shipped.layout_path("queue-8x9")
