"""Words for survey rounds."""

from __future__ import annotations

from flowparty.language import N_

MESSAGES = {
    "survey_nobody": (
        N_("Nobody is to be reached in the round {round} there."),
        N_("see  flowparty survey status  and  flowparty survey frame list"),
    ),
    "survey_name_missing": (N_("The round has no name."), N_("give one with  --name NAME")),
    "survey_sections_wrong": (
        N_("A round has four fixed sections and up to two of the town's own, not: {given}"),
        N_("name two others with  --section NAME"),
    ),
    "survey_exists": (
        N_("There is a round {round} already, since {since}."),
        N_("look with  flowparty survey show, or give another name."),
    ),
    "survey_none": (
        N_("There is no survey round yet."),
        N_("open one with  flowparty survey open"),
    ),
    "survey_not_found": (N_("There is no round {value}."), N_("look with  flowparty survey list")),
    "survey_ambiguous": (
        N_("{value} could be {candidates} rounds:"),
        N_("give the whole name, or its number (R2)."),
    ),
    "survey_closed": (
        N_("The round {round} was closed on {on}."),
        N_("open a new one with  flowparty survey open"),
    ),
    "survey_section_unknown": (
        N_("The round has no section {value}; it has {known}:"),
        N_("use one of these names."),
    ),
    "survey_answer_form": (
        N_("{value} is not of the form SECTION=TEXT."),
        N_("write it like  --answer 困难问题=子女上学"),
    ),
    "survey_answer_empty": (N_("An answer is empty."), N_("leave it out, or say what it was.")),
    "survey_answer_unknown": (
        N_("{value} is not among the usual answers; there are {known}:"),
        N_("use one of these."),
    ),
    "survey_answer_used": (
        N_("Somebody gave the answer {value}; it must stay readable."),
        N_("nothing to do here."),
    ),
    "survey_before_round": (
        N_("{on} lies before the beginning, {since}."),
        N_("correct the day with --on."),
    ),
    "survey_answers_without_talk": (
        N_("There are answers, but the outcome is {outcome}."),
        N_("leave the answers out, or give the outcome 已完成."),
    ),
    "survey_outside_frame": (
        N_("{member} is not among those to be reached in {round}."),
        N_("put the member there first:  flowparty survey frame add"),
    ),
    "survey_no_branch": (
        N_("{member} belongs to no branch."),
        N_("give the member a branch:  flowparty member edit … --branch"),
    ),
    "survey_drop_needs_reason": (
        N_("Nobody is dropped from a frame without a reason."),
        N_("add  --reason TEXT; it is kept."),
    ),
    "survey_drop_known": (
        N_("{member} has a sheet already ({outcome})."),
        N_("correct it with another sheet:  flowparty survey add"),
    ),
    "survey_incomplete": (
        N_("The outcome of {people} people of {round} is unknown:"),
        N_("record a sheet for each, also for those who are absent or refuse."),
    ),
    "survey_team_not_found": (
        N_("The round has no team {value}."),
        N_("look with  flowparty survey team list"),
    ),
    "survey_team_empty": (
        N_("A team needs a name and somebody in it."),
        N_("add  --person NAME"),
    ),
    "survey_team_exists": (
        N_("There is a team {team} already, with other people or branches."),
        N_("end that one first:  flowparty survey team end"),
    ),
    "survey_branch_taken": (
        N_("{branch} is the work of {team}: one branch is one team's work."),
        N_("end that team first:  flowparty survey team end"),
    ),
}
