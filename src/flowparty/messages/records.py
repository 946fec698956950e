"""Words for what the records forbid, or do not hold."""

from __future__ import annotations

from flowparty.language import N_

MESSAGES = {
    "member_not_found": (
        N_("No member answers to {value}."),
        N_("look with  flowparty member find TEXT"),
    ),
    "member_ambiguous": (
        N_("{value} could be {candidates} members:"),
        N_("name the one you mean by the number in front, for example M12."),
    ),
    "member_ended": (
        N_("The membership of {member} ({label}) ended on {on} ({reason})."),
        N_(
            "a wrong end: flowparty member reopen {label} --reason TEXT ;"
            " back again: flowparty member add … --on DAY"
        ),
    ),
    "member_again_day": (
        N_("{member} ({label}) is recorded already, as a guest or as one whose membership ended."),
        N_("say from which day on it goes on as a member of ours:  --on DAY"),
    ),
    "member_again_early": (
        N_("{on} is not after {ended_on}, when the membership of {member} ended."),
        N_("correct --on; a wrong end is taken back with  flowparty member reopen"),
    ),
    "member_end_before": (
        N_("{on} lies before {again_on}, from which on {member} is a member here again."),
        N_("correct the day with --on."),
    ),
    "member_end_documented": (
        N_("A document stands behind the end of {member}'s membership: {document}."),
        N_("it stays; who comes back:  flowparty member add … --on DAY"),
    ),
    "member_ended_there": (
        N_("The office of {branch} ended the membership of {member} and sent it."),
        N_("ask that office; it takes the end back in its own registry and sends it."),
    ),
    "member_left_out": (
        N_("{member} stands in two offices, and this record was not kept."),
        N_("see  flowparty conflict list --all ; settle that one anew."),
    ),
    "member_reopen_reason": (
        N_("Taking back an end needs a reason."),
        N_("name it with --reason TEXT; the journal keeps it."),
    ),
    "member_guest": (
        N_("{member} ({label}) is recorded as a guest."),
        N_("a guest who joined is taken over with  flowparty member add … --on DAY"),
    ),
    "id_exists": (
        N_("This identity number belongs to {member} ({label}, {branch}) already."),
        N_("look with  flowparty member show {label}; correct with  flowparty member edit {label}"),
    ),
    "org_not_found": (
        N_("No organization answers to {value}."),
        N_("look with  flowparty org list"),
    ),
    "org_ambiguous": (
        N_("{value} could be {candidates} organizations:"),
        N_("name the one you mean by the number in front, for example O3."),
    ),
    "org_ended": (N_("{name} ended on {until}."), N_("name one that is alive on that day.")),
    "org_exists": (
        N_("{name} is there already, with other facts: {label}."),
        N_("correct it with  flowparty org edit {label}"),
    ),
    "org_not_branch": (
        N_("{name} is not a branch: members belong to branches."),
        N_("look with  flowparty org list"),
    ),
    "org_not_group": (N_("{name} is not a group."), N_("look with  flowparty org list")),
    "org_group_needs_branch": (N_("A group stands under a branch."), N_("add  --parent BRANCH")),
    "org_parent_wrong": (
        N_("A {kind} cannot stand under {parent} ({parent_kind})."),
        N_("give another  --parent"),
    ),
    "org_circle": (N_("{parent} stands below {name} itself."), N_("give another  --parent")),
    "org_not_empty": (
        N_("{name} still has {people} members on that day:"),
        N_("let them go elsewhere first:  flowparty member edit M… --branch …"),
    ),
    "org_has_children": (
        N_("{name} still has {orgs} organizations below it:"),
        N_("end those first."),
    ),
    "move_already_open": (
        N_("{member} is away already: {destination}, since {since}."),
        N_(
            "record the return first:  flowparty move return ; who went on to another place:"
            "  flowparty move onward"
        ),
    ),
    "move_overlaps": (
        N_("{member} has another movement in that time ({since} – {until})."),
        N_(
            "correct the day, or the other movement:"
            "  flowparty move edit … --began {began} --ended DAY"
        ),
    ),
    "move_none_open": (
        N_("{member} ({label}) has no open movement."),
        N_(
            "record the departure first:  flowparty move out {label} --to PLACE ; an end recorded"
            " wrongly is corrected by  flowparty move edit {label} --ended DAY|未返回"
        ),
    ),
    "move_none_ended": (
        N_("No movement of {member} ({label}) has ended."),
        N_("an open one ends by  flowparty move return  or  flowparty move withdraw"),
    ),
    "move_none_began": (
        N_("{member} ({label}) has no movement that began then: {on}."),
        N_("look with  flowparty move show {label}"),
    ),
    "move_not_ended": (
        N_("The movement of {member} is not over yet."),
        N_("end it with  flowparty move return  or  flowparty move withdraw"),
    ),
    "move_ended_with_member": (
        N_("The movement of {member} ended with the membership, on {on}."),
        N_("its end is the membership's; look with  flowparty member show"),
    ),
    "move_ended_onward": (
        N_("{member} moved on to another place on {on}; the next movement begins that day."),
        N_("take that one back first:  flowparty move withdraw"),
    ),
    "move_continued": (
        N_("{member} moved on to this place on {on}: the movement began with the end of another."),
        N_("take it back and record it anew:  flowparty move withdraw ,  flowparty move onward"),
    ),
    "move_onward_first": (
        N_("{member} left on {left_on}; moving on comes after that day."),
        N_("a wrong place is corrected by  flowparty move edit … --to PLACE"),
    ),
    "move_already_arrived": (
        N_("{member} arrived on {on} already."),
        N_("look with  flowparty move list"),
    ),
    "move_taken_up": (
        N_("The host took {member} up on {on}; the movement can only end by a return."),
        N_("use  flowparty move return"),
    ),
    "move_withdraw_day": (
        N_("Nobody knows when {member} left, so the movement counts on every day before its end."),
        N_("record the day first:  flowparty move edit … --on DAY ; or say with --on until when"),
    ),
    "move_guest_out": (
        N_("{member} is a guest: only the home organization records a departure."),
        N_("when the guest leaves, use  flowparty move return"),
    ),
    "move_own_in": (
        N_("{member} is our own member, not a guest."),
        N_("use  flowparty move out  or  flowparty move return"),
    ),
    "card_not_found": (N_("There is no card {value}."), N_("look with  flowparty card list")),
    "card_ambiguous": (
        N_("Two offices gave the number {value}; it could be {candidates} cards:"),
        N_("name one by the number in front; settle it:  flowparty conflict list"),
    ),
    "card_none": (
        N_("{member} ({label}) never had a card."),
        N_("issue one:  flowparty card issue {label} --number NUMBER"),
    ),
    "card_live": (
        N_("{member} holds the card {card}: one live card a person."),
        N_(
            "report that one lost and reissue, hand it in, or void it; in a list, the remark"
            " 原证{card}遗失，补发 says that the new one replaces it."
        ),
    ),
    "card_was_live": (
        N_("{member} held the card {card} until {until}; another one cannot begin on {on}."),
        N_("give the day it was issued; look with  flowparty card show {card}"),
    ),
    "card_number_used": (
        N_("The card number {card} was used for {holder}; a number is never used twice."),
        N_("compare it with the card; ask the county for another number."),
    ),
    "card_guest": (
        N_("{member} is a guest: the home organization issues the card."),
        N_("nothing to do here."),
    ),
    "card_state_forbids": (
        N_("Card {card} is {state}: {kind} is not possible."),
        N_("look with  flowparty card show {card}"),
    ),
    "card_lost": (
        N_("Card {card} is lost: {kind} is not possible."),
        N_(
            "reissue it:  flowparty card reissue {card} --number NUMBER ; one that was found is"
            " handed in:  flowparty card hand-in {card}"
        ),
    ),
    "card_not_lost": (
        N_("Card {card} is in use: only a lost card is reissued."),
        N_("report it lost first:  flowparty card lost {card}"),
    ),
    "pair_not_found": (N_("There is no contact pair {value}."), N_("see  flowparty contact pair")),
    "pair_not_one": (
        N_("{member} has {contactors} such contact pairs in force on that day."),
        N_("name the contactor with  --by NAME"),
    ),
    "ledger_disagrees": (
        N_("The returns of {period} do not add up:"),
        N_("mend these records; somebody counted twice is settled with  flowparty conflict settle"),
    ),
    "record_conflict": (
        N_("The registry forbids this record: {detail}"),
        N_("look at what is there already, then try again."),
    ),
    "row_missing": (
        N_("Row {row} of {entity} is missing."),
        N_("run  flowparty db check  and restore a backup."),
    ),
    "row_differs": (
        N_("Row {row} of {entity} was changed from outside the program."),
        N_("run  flowparty db check  and restore a backup."),
    ),
    "row_unjournaled": (
        N_("Row {row} of {entity} was added from outside the program."),
        N_("run  flowparty db check  and restore a backup."),
    ),
}
