"""Words for dues."""

from __future__ import annotations

from flowparty.language import N_

MESSAGES = {
    "dues_whose": (N_("Whose dues?"), N_("name a member, or all of a branch with  --org ORG")),
    "dues_guest": (N_("{member} is a guest and pays at home."), N_("nothing to record here.")),
    "dues_no_standard": (
        N_("{member} has no standard: nobody knows what is owed."),
        N_("set it with  flowparty dues standard M… --basis 农民 --amount 0.2 --since YYYY-MM"),
    ),
    "dues_standard_outside": (
        N_("{basis}: {amount} yuan a month; the rules allow {least} to {most}."),
        N_("correct --amount or --basis."),
    ),
    "dues_standard_paid": (
        N_("{member} has paid dues to {month} already."),
        N_("let the new standard begin after that month with --since."),
    ),
    "dues_months_order": (
        N_("The months run from {since} to {until}."),
        N_("correct --since or --until."),
    ),
    "dues_person_missing": (N_("Nobody is named who pays."), N_("add  --person NAME")),
    "dues_consent_exists": (
        N_("{member} has such a consent from {since} on already, with other facts."),
        N_("begin with another month."),
    ),
    "dues_month_paid": (
        N_("{month} is paid by {member} already."),
        N_("look with  flowparty dues show M…"),
    ),
    "dues_gap": (
        N_("{member} has not paid {unpaid} yet; months are paid in order."),
        N_("pay that month first."),
    ),
    "dues_ahead": (
        N_("{month} lies ahead of {on}: dues are not paid in advance here."),
        N_("pay up to the month that runs; local rules may allow more by the setting dues_ahead."),
    ),
    "dues_no_consent": (
        N_("The branch has not consented that {person} pays for {member} ({month})."),
        N_("record it with  flowparty dues consent M… --kind 代交 --person NAME"),
    ),
    "dues_org_pays": (
        N_("{name} is an organization: it never pays for a member."),
        N_("name the person who paid."),
    ),
    "dues_host_card": (
        N_("{member} has no card in use on {on}: dues are paid at the host on showing it."),
        N_("look with  flowparty card show M…"),
    ),
    "dues_too_little": (
        N_("{amount} yuan; these months cost {owed}."),
        N_("give --months for which it is enough; more is always allowed."),
    ),
    "dues_payment_not_found": (
        N_("There is no payment {value}."),
        N_("look with  flowparty dues list"),
    ),
    "dues_reverse_before": (
        N_("{on} lies before the payment of {paid}."),
        N_("correct the day with --on."),
    ),
    "dues_reverse_later": (
        N_("{payments} later payments would leave a gap:"),
        N_("reverse those first."),
    ),
}
