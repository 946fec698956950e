"""Words for closing months and opening figures."""

from __future__ import annotations

from flowparty.language import N_

MESSAGES = {
    "period_not_over": (
        N_("{period} runs until {cutoff}; it cannot be closed before that day is over."),
        N_("close it the day after; until then returns are provisional."),
    ),
    "period_not_closed": (
        N_("{period} is not closed."),
        N_("see the closed months with  flowparty report list"),
    ),
    "as_of_outside": (
        N_("{day} belongs to {other}, not to {period}."),
        N_("leave --period out, or name {other}."),
    ),
    "diff_order": (
        N_("{against} is not before {period}."),
        N_("name an earlier month with --against."),
    ),
    "cell_unknown": (
        N_("There is no cell named {value}."),
        N_("list them with  flowparty report cells"),
    ),
    "explain_annual": (
        N_("{cell} is a figure of a year's form, not of a month."),
        N_("name the year with --year YYYY, or a day with --as-of DAY"),
    ),
    "explain_monthly": (
        N_("{cell} is a figure of a month, not of a year's form."),
        N_("name the month with --period YYYY-MM, or a day with --as-of DAY"),
    ),
    "reopen_reason_missing": (
        N_("Opening a closed month needs a reason."),
        N_("name it with --reason TEXT; the journal keeps it."),
    ),
    "clock_behind": (
        N_("The machine's clock is behind the journal, whose last entry is of {last} (UTC)."),
        N_("set the clock; if it is right, close with --reason TEXT, which the journal keeps."),
    ),
    "frozen_altered": (
        N_("The frozen rows of {period} were altered from outside ({form} {position})."),
        N_("run  flowparty db check  and restore a backup."),
    ),
}
