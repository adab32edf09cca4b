"""What the configuration of a home decides, for a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bridge.cli.here import Here
    from bridge.core.settings import Settings


def settings(here: Here) -> Settings:
    """Return the settings of the home. Raises `InvalidFile` for a configuration that is wrong."""
    from bridge.files.config import TOKEN, load_config  # noqa: PLC0415 - slow to load

    return load_config(here.home, token=here.environ.get(TOKEN, "")).settings
