"""Words for notices and transfer letters."""

from __future__ import annotations

from flowparty.language import N_

MESSAGES = {
    "notice_addressee_missing": (
        N_("Nobody knows to whom to write about {member}."),
        N_("add  --to NAME, or the host with  flowparty move edit --host NAME"),
    ),
    "notice_code_invalid": (
        N_("{value} is no receipt code of ours: a character is wrong or missing."),
        N_("read it again from the letter: six characters, without 0, 1, I and O."),
    ),
    "notice_not_found": (
        N_("No letter has the receipt code {value}."),
        N_("look with  flowparty notice list"),
    ),
    "notice_withdrawn": (
        N_("The letter {letter} was withdrawn on {on}."),
        N_("send another:  flowparty notice send"),
    ),
    "notice_answered": (
        N_("The letter {letter} was answered on {on}."),
        N_("look with  flowparty notice show {letter}"),
    ),
    "notice_unanswered": (
        N_("The letter {letter} has not been answered yet."),
        N_("record the answer with  flowparty notice reply {letter}"),
    ),
    "notice_agree_before": (
        N_("{on} lies before the answer to {letter} of {replied}."),
        N_("correct the day with --on."),
    ),
    "notice_before": (
        N_("{on} lies before the letter {letter} of {sent}."),
        N_("correct the day with --on."),
    ),
    "notice_field_unsaid": (
        N_("The answer to {letter} says nothing of {field}."),
        N_("look with  flowparty notice show {letter}"),
    ),
    "notice_agreed": (
        N_("{field} of the letter {letter} was agreed otherwise on {on}."),
        N_("correct the movement with  flowparty move edit"),
    ),
    "notice_movement_over": (
        N_("The movement of {member} that the letter {letter} was about has ended."),
        N_("take ours, or look with  flowparty move show"),
    ),
    "transfer_incomplete": (
        N_("A letter needs a number and a receiver."),
        N_("add  --number NUMBER --to NAME"),
    ),
    "transfer_number_used": (
        N_("The number {number} was used for {member}."),
        N_("give the number on the paper."),
    ),
    "transfer_open": (
        N_("{member} has a letter that is still valid: {number}."),
        N_("record its receipt, or cancel it:  flowparty transfer cancel"),
    ),
    "transfer_replaced": (
        N_("{member} was given another letter since: {number}."),
        N_("take that one back first:  flowparty transfer cancel {number}"),
    ),
    "transfer_guest": (
        N_("{member} is a guest: the home branch issues the letter."),
        N_("send the home branch a notice:  flowparty notice send"),
    ),
    "transfer_suspended": (
        N_("The membership of {member} is suspended: it cannot be transferred."),
        N_("look with  flowparty member decisions --member"),
    ),
    "transfer_valid_days": (
        N_("{days} days: a letter is valid for at least one day and at most {most}."),
        N_("correct --days."),
    ),
    "transfer_dues_unknown": (
        N_("Nobody knows to which month {member} has paid the dues."),
        N_("add  --dues-to YYYY-MM, or record payments with  flowparty dues pay"),
    ),
    "transfer_not_found": (
        N_("There is no letter {value}."),
        N_("look with  flowparty transfer list"),
    ),
    "transfer_none": (
        N_("{member} ({label}) never had a transfer letter."),
        N_("issue one with  flowparty transfer issue {label}"),
    ),
    "transfer_ended": (
        N_("The letter {number} ended on {on} ({outcome})."),
        N_("issue another with  flowparty transfer issue"),
    ),
    "transfer_before": (
        N_("{on} lies before the letter {number} of {issued}."),
        N_("correct the day."),
    ),
    "transfer_expired": (
        N_("The letter {number} was valid until {until}; it cannot have been taken on {on}."),
        N_("issue another with  flowparty transfer issue; this one makes room for it."),
    ),
    "transfer_receipt_before": (
        N_("The receipt of {number} ({on}) lies before the letter was taken ({received})."),
        N_("correct the day with --on."),
    ),
    "transfer_no_receipt": (
        N_("The receipt of {number} is not back yet."),
        N_("record it with  flowparty transfer receive {number} --received DAY"),
    ),
    "transfer_filed": (N_("The letter {number} was filed on {on}."), N_("nothing to do here.")),
    "transfer_filed_before": (
        N_("{on} lies before the receipt of {number} came back ({receipt})."),
        N_("correct the day with --on."),
    ),
    "move_none": (
        N_("{member} ({label}) has no movement on record."),
        N_("record one with  flowparty move out {label} --to PLACE"),
    ),
}
