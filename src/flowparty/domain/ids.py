"""The short local numbers of records, typed so that a card is never taken for its holder."""

from __future__ import annotations

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
