"""Words for aid and money."""

from __future__ import annotations

from flowparty.language import N_

MESSAGES = {
    "money_invalid": (
        N_("{value} is not an amount of money."),
        N_("write it as 15000, 15,000.00 or 1.5万; never less than a fen, never negative."),
    ),
    "money_zero": (N_("The amount is zero."), N_("give it with  --amount YUAN")),
    "aid_pot_unnamed": (
        N_("A pot needs a name and a source."),
        N_("add  --source TEXT"),
    ),
    "aid_period_order": (
        N_("The pot would end ({until}) before it begins ({since})."),
        N_("correct --since or --until."),
    ),
    "aid_pot_exists": (
        N_("There is a pot {pot} already, with other facts."),
        N_("a mistake is reversed:  flowparty aid reverse T… --reason TEXT"),
    ),
    "aid_pot_not_found": (N_("There is no pot {value}."), N_("look with  flowparty aid pot")),
    "aid_pot_ambiguous": (
        N_("{value} could be {candidates} pots:"),
        N_("name the one you mean by the number in front, for example T2."),
    ),
    "aid_pot_reversed": (N_("The pot {pot} was reversed on {on}."), N_("name another pot.")),
    "aid_pot_early": (
        N_("The pot {pot} may be used from {since} on, not on {on}."),
        N_("correct the day with --on, or name another pot."),
    ),
    "aid_pot_period": (
        N_("The pot {pot} may be used from {since} to {until}, not on {on}."),
        N_("correct the day with --on, or name another pot."),
    ),
    "aid_pot_exceeded": (
        N_("The pot {pot} has {left} yuan left, not {asked}."),
        N_("allocate less, or from another pot."),
    ),
    "aid_pot_missing": (
        N_("Money is allocated from a pot, and none is named."),
        N_("add  --pot POT; look with  flowparty aid pot"),
    ),
    "aid_amount_missing": (
        N_("Funds without an amount."),
        N_("add  --amount YUAN; only a project or a policy may carry no money."),
    ),
    "aid_second_grant": (
        N_("{member} has an allocation from {pot} already: {grant}."),
        N_("look with  flowparty aid show {grant}; a second one on purpose takes  --again"),
    ),
    "aid_grant_not_found": (
        N_("There is no allocation {value}."),
        N_("look with  flowparty aid list"),
    ),
    "aid_grant_ambiguous": (
        N_("{value} has {candidates} allocations:"),
        N_("name the one you mean by the number in front, for example A3."),
    ),
    "aid_grant_ended": (N_("The allocation {grant} ended on {on}."), N_("nothing to do here.")),
    "aid_grant_reversed": (
        N_("The allocation {grant} was reversed on {on}."),
        N_("nothing to do here."),
    ),
    "aid_before_allocation": (
        N_("{on} lies before the allocation {grant} of {allocated}."),
        N_("correct the day with --on."),
    ),
    "aid_overpaid": (
        N_("The allocation {grant} has {left} yuan left to pay, not {asked}."),
        N_("pay less, or make another allocation."),
    ),
    "aid_overreturned": (
        N_("Under the allocation {grant} {paid} yuan were paid; {asked} cannot come back."),
        N_("correct the amount."),
    ),
    "aid_payment_not_found": (
        N_("There is no payment {value}."),
        N_("look with  flowparty aid show A…"),
    ),
    "aid_record_unknown": (
        N_("{value} names no allocation, payment or pot."),
        N_("write A3, Y5 or T2; look with  flowparty aid list"),
    ),
    "aid_reverse_paid": (
        N_("Money was paid under the allocation {grant}."),
        N_("reverse the payments first, or end the allocation."),
    ),
    "aid_reverse_used": (
        N_("Something is allocated from the pot {pot}."),
        N_("reverse the allocations first."),
    ),
    "reversal_needs_reason": (
        N_("Nothing is reversed without a reason."),
        N_("add  --reason TEXT; it is kept."),
    ),
}
