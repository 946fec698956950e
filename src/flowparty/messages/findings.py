"""Words for what does not add up in a month's returns, by the finding's code."""

from __future__ import annotations

from flowparty.language import N_

FINDINGS = {
    "counted_twice": N_("somebody is counted twice"),
    "no_branch_row": N_("somebody belongs to no branch that has a row"),
    "destination_unclassed": N_("a destination falls into no cell, or into several"),
    "due_unexplained": N_("a card is due, and neither held nor explained"),
    "totals_differ": N_("the branches do not sum to the total"),
    "forms_differ": N_("台账 and 统计表 do not count alike"),
    "destinations_differ": N_("the destinations do not sum to the whole"),
    "due_differs": N_("held and lacking do not sum to due"),
    "balance_broken": N_(
        "last month and what happened since do not make this month: see whether their movements"
        " overlap (move list --all)"
    ),
    "unit_lacks": N_(
        "we count somebody in an office below that does not send them: ask it, then correct ours"
    ),
    "unit_has_more": N_("an office below counts somebody whom we do not: tell it"),
    "change_unexplained": N_("a closed month's people changed, and the journal does not say why"),
}
