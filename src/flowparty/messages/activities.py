"""Words for activities, posts and model shops, and projects."""

from __future__ import annotations

from flowparty.language import N_

MESSAGES = {
    "hours_invalid": (
        N_("{value} is not a number of hours."),
        N_("write it as 2, 1.5 or 1.5小时."),
    ),
    "activity_name_missing": (N_("An activity needs a name."), N_("give it as the first word.")),
    "activity_exists": (
        N_("{name} of {on} is there already with other facts: {activity}."),
        N_("look with  flowparty activity show {activity}"),
    ),
    "activity_ahead": (
        N_("{activity} is on {on}; that day has not come."),
        N_("record who came after that day."),
    ),
    "activity_no_appraisal": (N_("{activity} is no yearly appraisal."), N_("leave out --result.")),
    "appraisal_missing": (
        N_("{activity} is the yearly appraisal: what did it find?"),
        N_("add  --result 优秀, 合格, 基本合格 or 不合格"),
    ),
    "appraisal_absent": (
        N_("Somebody who did not come to {activity} has no result."),
        N_("leave out --result or --absent."),
    ),
    "activity_not_found": (
        N_("There is no activity {value}."),
        N_("look with  flowparty activity list"),
    ),
    "activity_ambiguous": (
        N_("{value} could be {candidates} activities:"),
        N_("name the one you mean by the number in front, for example V3."),
    ),
    "holding_name_missing": (N_("A post or shop needs a name."), N_("add  --name TEXT")),
    "holding_exists": (
        N_("{holding} is {name} already, with other facts."),
        N_("look with  flowparty holding show {holding}; end it before it is applied for anew."),
    ),
    "holding_by_missing": (N_("Who recognized it?"), N_("add  --by NAME")),
    "holding_duties_missing": (N_("A post has duties."), N_("add  --duties TEXT")),
    "holding_trade_missing": (N_("A model shop has a trade."), N_("add  --trade TEXT")),
    "holding_field_other": (
        N_("{kind} does not have these facts."),
        N_("--duties belongs to a post, --trade and --households to a model shop."),
    ),
    "holding_before": (
        N_("{on} lies before the last thing that happened to {holding} ({last})."),
        N_("correct the day with --on."),
    ),
    "holding_state_forbids": (
        N_("{holding} is {state}: this cannot follow."),
        N_("look with  flowparty holding show {holding}"),
    ),
    "holding_reviewed": (
        N_("{holding} was reviewed for {year} on {on} already."),
        N_("give another --year."),
    ),
    "holding_year": (
        N_("{year} is not a year in which {holding} was held."),
        N_("correct --year."),
    ),
    "holding_not_found": (
        N_("There is no post or title {value}."),
        N_("look with  flowparty holding list"),
    ),
    "project_name_missing": (N_("A project needs a name."), N_("give it as the first word.")),
    "project_exists": (
        N_("There is a project {project} already, with other facts: {label}."),
        N_("look with  flowparty project show {label}; what changed since: project update"),
    ),
    "project_not_found": (
        N_("There is no project {value}."),
        N_("look with  flowparty project list"),
    ),
    "project_nothing": (
        N_("Nothing is said about the project."),
        N_("add  --state, --amount, --jobs or --text"),
    ),
    "project_before": (
        N_("{on} lies before the last thing known of {project} ({last})."),
        N_("correct the day with --on."),
    ),
    "project_stopped": (N_("{project} was stopped on {on}."), N_("record a new project.")),
    "project_backwards": (
        N_("{project} is {state} already; it does not go back to {given}."),
        N_("correct --state."),
    ),
    "group_other": (
        N_("{member} is in another group: {group}."),
        N_("leave that one:  flowparty org leave GROUP M…"),
    ),
}
