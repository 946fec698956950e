"""The short local numbers of records, typed so that a card is never taken for its holder."""

from __future__ import annotations

import re
from typing import NewType

OrgId = NewType("OrgId", int)
MemberId = NewType("MemberId", int)
MovementId = NewType("MovementId", int)
CardId = NewType("CardId", int)
EventId = NewType("EventId", int)
ContactId = NewType("ContactId", int)
PairId = NewType("PairId", int)
RoundId = NewType("RoundId", int)
SectionId = NewType("SectionId", int)
ChoiceId = NewType("ChoiceId", int)
PersonId = NewType("PersonId", int)
TeamId = NewType("TeamId", int)
SheetId = NewType("SheetId", int)
PotId = NewType("PotId", int)
GrantId = NewType("GrantId", int)
PaymentId = NewType("PaymentId", int)
FollowUpId = NewType("FollowUpId", int)
NeedId = NewType("NeedId", int)
MeetingId = NewType("MeetingId", int)
DecisionId = NewType("DecisionId", int)
NoticeId = NewType("NoticeId", int)
TransferId = NewType("TransferId", int)
DuesId = NewType("DuesId", int)
ConsentId = NewType("ConsentId", int)
ActivityId = NewType("ActivityId", int)
HoldingId = NewType("HoldingId", int)
ProjectId = NewType("ProjectId", int)
HardshipId = NewType("HardshipId", int)
ClosedId = NewType("ClosedId", int)


def numbered(text: str, letter: str) -> int | None:
    """The number of a label such as ``N3`` (in either case); None if the text is no such label."""
    found = re.fullmatch(f"[{letter}{letter.lower()}]([0-9]+)", text.strip())
    return int(found[1]) if found else None
