"""What a task's ``track`` can name in a DAW that has clips and scenes.

``Bass`` is a track, ``Bass / Chorus`` the clip "Chorus" on it, ``scene: Chorus`` a scene. A track that
is called so exactly comes first, whatever its name looks like.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

CLIP = " / "
"""Between a track and a clip on it."""
SCENE = "scene:"
"""Before a scene."""

Sort: TypeAlias = Literal["track", "clip", "scene"]
SORTS: tuple[Sort, ...] = ("track", "clip", "scene")


@dataclass(frozen=True, slots=True)
class Place:
    """Something in a DAW that has a colour; the names as they are there. ``track`` is a clip's."""

    sort: Sort
    name: str
    track: str = ""

    def __str__(self) -> str:
        """Return it in the notation of a task's ``track``."""
        match self.sort:
            case "track":
                return self.name
            case "clip":
                return f"{self.track}{CLIP}{self.name}"
            case "scene":
                return f"{SCENE} {self.name}"


def scene_in(wanted: str) -> str:
    """Return the name of the scene that `wanted` means, empty when it means none."""
    begins = wanted[: len(SCENE)].casefold() == SCENE
    return wanted[len(SCENE) :].strip() if begins else ""


def clips_in(wanted: str) -> list[Place]:
    """Return each clip that `wanted` may mean: track and clip may have slashes of their own."""
    parts = wanted.split(CLIP)
    cuts = [(CLIP.join(parts[:n]), CLIP.join(parts[n:]).strip()) for n in range(1, len(parts))]
    return [Place("clip", clip, track) for track, clip in cuts if clip]
