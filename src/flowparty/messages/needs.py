"""Words for needs and joint meetings."""

from __future__ import annotations

from flowparty.language import N_

MESSAGES = {
    "need_text_missing": (N_("Nothing is said."), N_("add  --text TEXT")),
    "need_kind_missing": (
        N_("What sort of need is it?"),
        N_("add  --kind 困难, 意愿, 建议, 维权 or 纠纷"),
    ),
    "need_ask_missing": (
        N_("Nothing is asked of the office."),
        N_("add  --ask TEXT; these words stand on its agenda, so leave private things out."),
    ),
    "need_no_answer": (
        N_("{member} gave no answer to {section}."),
        N_("look with  flowparty survey show --member"),
    ),
    "need_answer_nothing": (
        N_("{member} asks for nothing under {section}."),
        N_("raise it by hand with  --kind and --text"),
    ),
    "need_answers_several": (
        N_("{member} asks for {count} things under {section}."),
        N_("say which with --text, or all:  flowparty need gather --section {section} --member"),
    ),
    "need_answer_other": (
        N_("No answer of {member} to {section} has these words."),
        N_("look with  flowparty survey show --member"),
    ),
    "need_no_contact": (
        N_("There is no contact with {member} on {on}."),
        N_("look with  flowparty contact list --member"),
    ),
    "need_not_found": (N_("There is no open need {value}."), N_("look with  flowparty need list")),
    "need_ambiguous": (
        N_("{value} has {candidates} open needs:"),
        N_("name the one you mean by the number in front, for example N3."),
    ),
    "need_state_forbids": (
        N_("{need} is {state}: “{step}” cannot follow."),
        N_("look with  flowparty need show {need}; the way is assign, act, answer, close."),
    ),
    "need_step_order": (
        N_("{on} lies before the last thing that happened to {need} ({last})."),
        N_("correct the day."),
    ),
    "need_other_member": (
        N_("The allocation {grant} is not of the member of {need}."),
        N_("look with  flowparty aid list"),
    ),
    "due_before": (N_("It would be due ({due}) before it is asked ({on})."), N_("correct --due.")),
    "meeting_topic_missing": (N_("A meeting needs a topic."), N_("give it as the first word.")),
    "meeting_not_office": (
        N_("{name} is not an office ({kind})."),
        N_("record offices with  flowparty org add NAME --kind 机关站所"),
    ),
    "meeting_absent_person": (
        N_("Nobody came, but {person} is named."),
        N_("leave out --name or --absent."),
    ),
    "meeting_ahead": (
        N_("The meeting {meeting} is on {on}; that day has not come."),
        N_("record this after the meeting."),
    ),
    "meeting_not_found": (
        N_("There is no meeting {value}."),
        N_("look with  flowparty meeting list"),
    ),
    "meeting_ambiguous": (
        N_("{value} could be {candidates} meetings:"),
        N_("name the one you mean by the number in front, for example G2."),
    ),
    "meeting_nothing_learned": (
        N_("No fact was told."),
        N_("add  --to, --left, --occupation, --host, --host-contact or --host-phone"),
    ),
    "meeting_without_office": (
        N_("No office was called to the meeting {meeting}: nobody could have told this."),
        N_("add one with  flowparty meeting attend {meeting} --office ORG"),
    ),
    "decision_missing": (N_("Nothing was decided."), N_("add  --text TEXT")),
    "decision_not_found": (
        N_("There is no decision {value}."),
        N_("look with  flowparty meeting decisions --all"),
    ),
    "decision_before": (
        N_("{on} lies before the decision {decision} of {decided}."),
        N_("correct the day with --on."),
    ),
    "decision_done": (
        N_("The decision {decision} was carried out on {on}."),
        N_("nothing to do here."),
    ),
}
