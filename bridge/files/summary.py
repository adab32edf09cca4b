"""The summaries of a sitting: what a collaborator reads the next morning, in the forms that are wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import tzinfo
from types import MappingProxyType
from typing import Final, TypeAlias

from bridge.core.model import Studio
from bridge.core.settings import SummaryForm
from bridge.core.sitting_account import Account, account
from bridge.files.summary_markdown import markdown
from bridge.files.summary_page import page
from bridge.files.summary_text import text

Writer: TypeAlias = Callable[[Account, tzinfo | None], str]

WRITERS: Final[Mapping[SummaryForm, Writer]] = MappingProxyType(
    {"markdown": markdown, "text": text, "html": page}
)
"""What writes an account in each form."""

FORMS: Final[Mapping[str, SummaryForm]] = MappingProxyType({form: form for form in WRITERS})
"""The forms by their names."""

SUFFIXES: Final[Mapping[SummaryForm, str]] = MappingProxyType(
    {"markdown": ".md", "text": ".txt", "html": ".html"}
)
"""What the file of each form is called behind its name."""


def sitting_summary(before: Studio, ended_at: float, tz: tzinfo | None) -> str:
    """Return the summary, as Markdown, of the sitting in `before`, the state that its end was told to.

    `ended_at` is a wall instant, `tz` the zone of the times in the text (None: the machine's).
    Raises `Invalid` when no sitting is under way.
    """
    return markdown(account(before, ended_at), tz)


def summaries(told: Account, forms: Iterable[SummaryForm], tz: tzinfo | None) -> dict[str, str]:
    """Return the texts of `told` by the suffixes of their files: ``{".md": "# Sitting …"}``."""
    return {SUFFIXES[form]: WRITERS[form](told, tz) for form in dict.fromkeys(forms)}
