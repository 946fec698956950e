"""Whether our month counts in each office below whom its own package counts, by name.

``report status`` shows what an office sent, the returns what stands here. They differ where we keep
somebody in an office's branch whom it does not send, or left out somebody whom it goes on sending.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty.domain.findings import Finding
from flowparty.repository import incoming, office_keys, packages
from flowparty.service.inheriting import lies_in

if TYPE_CHECKING:
    from flowparty.domain.ids import OrgId
    from flowparty.repository.registry import Registry
    from flowparty.service.ledger import Ledger


def differing(registry: Registry, ledger: Ledger) -> list[Finding]:
    """Who is counted here and not by the office below, and the other way round.

    Compared is a whole month that is over, with the offices whose newest package is of that month:
    of an older month an office may know better since. A closed month is compared with the packages
    it was closed with, and who differed is named until the office itself says otherwise.
    """
    seq = ledger.closed.journal_seq if ledger.closed else None
    told = packages.away_by_sender(registry, str(ledger.period), seq)
    newest = packages.away_by_sender(registry)
    here, sent = [], []
    ours = _by_office(registry, ledger, list(told))
    for sender, theirs in told.items():
        unit = office_keys.of_holder(registry, sender)[0].name
        mine, still = ours[sender], newest[sender]
        lacks = mine.keys() - theirs.keys() - still.keys()
        more = (theirs.keys() - mine.keys()) & still.keys()
        here += [f"M{n} {mine[n]} ({unit})" for n in lacks]
        sent += [f"M{n} {theirs[n]} ({unit})" for n in more]
    found = (("unit_lacks", here), ("unit_has_more", sent))
    return [Finding(code, "away", tuple(sorted(people))) for code, people in found if people]


def _by_office(registry: Registry, ledger: Ledger, senders: list[str]) -> dict[str, dict[int, str]]:
    """Those away by our count, by the office in whose division their branch lies."""
    tree = incoming.org_tree(registry)
    areas = {one: office_keys.of_holder(registry, one)[0].division for one in senders}
    of_branch: dict[OrgId | None, str | None] = {}
    found: dict[str, dict[int, str]] = {one: {} for one in senders}
    for person in ledger.away:
        branch = person.branch_id
        if branch not in of_branch:
            of_branch[branch] = next(
                (one for one, area in areas.items() if lies_in(tree, branch, area)), None
            )
        office = of_branch[branch]
        if office is not None:
            found[office][person.member_id] = person.name
    return found
