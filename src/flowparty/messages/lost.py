"""Words for decisions about memberships and hardship."""

from __future__ import annotations

from flowparty.language import N_

MESSAGES = {
    "decision_undocumented": (
        N_("A decision has a document and somebody who made it."),
        N_("add  --document NUMBER --by NAME"),
    ),
    "decision_guest": (
        N_("{member} is a guest: the home branch decides."),
        N_("nothing to record here."),
    ),
    "decision_order": (
        N_("{on} lies before the last decision about {member} ({last})."),
        N_("correct the day with --on."),
    ),
    "decision_standing": (
        N_("The standing of {member} is “{standing}”: “{decision}” cannot follow."),
        N_("look with  flowparty member decisions --member"),
    ),
    "hardship_incomplete": (
        N_("A recognition needs who recognized it and until when."),
        N_("add  --by NAME --until DAY, or --end"),
    ),
    "hardship_by_missing": (N_("Who recognized it?"), N_("add  --by NAME")),
    "hardship_order": (
        N_("It would end ({until}) before it begins ({since})."),
        N_("correct --on or --until."),
    ),
    "hardship_in_force": (
        N_("{member} is recognized already from {since} to {until}."),
        N_("begin after that day, or end that one first with --end."),
    ),
    "hardship_none": (
        N_("No recognition of {member} is in force on {on}."),
        N_("look with  flowparty member hardship --all"),
    ),
}
