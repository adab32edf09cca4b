"""How each DAW is, for `status` and `doctor`."""

from __future__ import annotations

from bridge.app.roles import OscOut
from bridge.core.status import Json
from bridge.daw.links import Links
from bridge.moment import Moment


def daw_rows(links: Links, osc: OscOut, moment: Moment) -> list[Json]:
    """Return the rows of ``daws`` in `status`: what a conversation knows, and what its way does."""
    rows: list[Json] = []
    for report in links.statuses(moment):
        state, detail = report.state, report.detail
        if down := osc.link_fault(report.name):
            state, detail = "trouble", down
        elif state != "trouble" and (nobody := osc.nobody_at(report.name)):
            state, detail = "silent", nobody
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
