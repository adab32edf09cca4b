"""How each DAW is, for `status`, `doctor` and the lights."""

from __future__ import annotations

from bridge.app.roles import OscOut
from bridge.core.status import Json
from bridge.daw.ableton_state import TAKEN
from bridge.daw.guard import LinkReport
from bridge.daw.links import Links
from bridge.daw.transport import Transport
from bridge.moment import Moment

_ONLY_EAR = {"ableton": TAKEN}
"""What to do where a DAW's port is taken and the DAW answers to no other."""


def daw_rows(links: Links, osc: OscOut, moment: Moment) -> list[Json]:
    """Return the rows of ``daws`` in `status`: what a conversation knows, and what its way does."""
    rows: list[Json] = []
    for report in links.statuses(moment):
        state, detail = stands(report, osc)
        rows.append(
            {
                "kind": report.kind,
                "name": report.name,
                "state": state,
                "detail": detail,
                "pending": report.pending,
                "dropped": report.dropped,
            }
        )
    return rows


def stands(report: LinkReport, osc: OscOut) -> tuple[str, str]:
    """Return the state and the sentence of a link, with what is known of its way."""
    if down := osc.link_fault(report.name):
        taken = _ONLY_EAR.get(report.kind, "") if "in use" in down else ""
        return "trouble", down + taken + report.lost
    if report.state != "trouble" and (nobody := osc.nobody_at(report.name)):
        return "silent", nobody + report.lost
    return report.state, report.detail


def shown(report: LinkReport, transport: Transport, osc: OscOut) -> str:
    """Return what a light shows of a link: its state, or ``recording`` where all is well."""
    state, _ = stands(report, osc)
    return "recording" if transport.recording and state in ("ready", "unknown") else state
