"""How the monthly report shows on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.language import _
from flowparty.output.columns import Column, attribute

if TYPE_CHECKING:
    from flowparty.domain.closing import ClosedMonth


def closed_columns() -> list[Column[ClosedMonth]]:
    """What is shown of a close."""
    return [
        Column("period", _("Month"), lambda m: str(m.period)),
        Column("revision", _("Revision"), attribute("revision"), right=True),
        Column("since", _("Facts from"), lambda m: m.since.isoformat()),
        Column("cutoff", _("Cut-off"), lambda m: m.cutoff.isoformat()),
        Column("closed_on", _("Closed on"), lambda m: m.closed_on.isoformat()),
        Column("by", _("By"), attribute("by")),
        Column("journal_seq", _("Journal"), attribute("journal_seq"), right=True, wide=True),
        Column("journal_head", _("Head"), attribute("journal_head"), lambda h: h[:20], table=False),
        Column("digest", _("Digest"), attribute("digest"), lambda d: d[:20], wide=True),
        Column("reopened_on", _("Reopened"),
               lambda m: None if m.reopened_on is None else m.reopened_on.isoformat()),
        Column("reopen_note", _("Why"), attribute("reopen_note"), fold=True),
    ]  # fmt: skip
