"""The table of duties: of each kind its query, its rule, its settings and its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flowparty import settings as thresholds
from flowparty.domain.duties import (
    card,
    contact,
    exchange,
    letter,
    member,
    move,
    place,
    returns,
    survey,
)
from flowparty.domain.duties import work as tasks
from flowparty.domain.duties.duty import Kind
from flowparty.language import N_
from flowparty.repository.duties import people, work
from flowparty.service import report_status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flowparty.domain.duties.duty import Duty
    from flowparty.repository.duties.asked import Asked


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of duty.

    ``rule`` gets the facts of each of ``queries``, the day, and the values of ``settings``.
    The words are marked here and spoken where they are shown: ``title`` heads the list, ``why`` is
    the rule, ``source`` where it comes from, ``detail`` what is told of each; ``why`` may name
    settings, each part of ``detail`` facts of the duty (left out where nobody knows one).
    """

    kind: Kind
    queries: tuple[Callable[[Asked], Any], ...]
    rule: Callable[..., Iterator[Duty]]
    settings: tuple[str, ...]
    title: str
    why: str
    source: str
    detail: tuple[str, ...] = ()


OURS = thresholds.OURS
CARDS = thresholds.NOTICE_2006

TABLE = (
    Line(
        Kind.RETURN_UNSENT, (work.sent,), returns.return_unsent, ("cutoff_day",),
        N_("Return not exported"),
        N_("every branch reports before the 28th"),
        N_("news article of 2014-11-13"),
    ),
    Line(
        Kind.RETURN_UNCLOSED, (work.sent,), returns.return_unclosed, ("cutoff_day",),
        N_("Return not closed"),
        N_("closed, a month's figures stay as they were sent"),
        OURS,
    ),
    Line(
        Kind.UNIT_UNSENT, (report_status.unsent,), exchange.unit_unsent, ("report_days",),
        N_("Month of an office below missing"),
        N_("every office below reports within {report_days} days of the cut-off"),
        OURS,
        (N_("has not sent {period}"),),
    ),
    Line(
        Kind.CONFLICT_OPEN, (work.conflicts_open,), exchange.conflict_open, (),
        N_("Conflict between offices open"),
        N_("two offices say it differently; somebody decides, with a reason"),
        OURS,
    ),
    Line(
        Kind.RETURN_LACKS, (people.away,), returns.return_lacks, ("cutoff_day", "cutoff_near_days"),
        N_("Cells the return lacks"),
        N_("to be filled before the cut-off (day {cutoff_day})"),
        N_("columns of the 台账"),
        (N_("lacks {fields}"),),
    ),
    Line(
        Kind.LETTER_RECEIPT, (people.letters,), letter.letter_receipt, ("transfer_receipt_months",),
        N_("Receipt of a transfer letter overdue"),
        N_("back within {transfer_receipt_months} months, or the sender stays responsible"),
        thresholds.USUAL,
        (N_("{number} to {receiver}"), N_("valid until {until}")),
    ),
    Line(
        Kind.LETTER_EXPIRED, (people.letters,), letter.letter_expired, ("transfer_receipt_months",),
        N_("Transfer letter run out"),
        N_("nobody took it: issue another, or record that it was taken"),
        thresholds.USUAL,
        (N_("{number} to {receiver}"), N_("valid until {until}")),
    ),
    Line(
        Kind.LETTER_NEAR, (people.letters,), letter.letter_near, ("transfer_near_days",),
        N_("Transfer letter running out"),
        N_("named {transfer_near_days} days before its last day"),
        thresholds.USUAL,
        (N_("{number} to {receiver}"), N_("valid until {until}")),
    ),
    Line(
        Kind.LETTER_UNFILED, (people.letters,), letter.letter_unfiled, (),
        N_("Transfer letter to file"),
        N_("stub and receipt belong in the file"),
        thresholds.USUAL,
        (N_("{number} to {receiver}"),),
    ),
    Line(
        Kind.NOTICE_UNANSWERED, (people.sent_notices,), letter.notice_unanswered, ("notice_days",),
        N_("Notice unanswered"),
        N_("an answer is expected within {notice_days} days"),
        OURS,
        (N_("to {addressee}"), N_("sent {sent}")),
    ),
    Line(
        Kind.NOTICE_DIFFERING, (people.sent_notices,), letter.notice_differing, ("notice_days",),
        N_("Answer that differs from our records"),
        N_("both sides keep the same facts"),
        N_("two-way management (双向管理)"),
        (N_("from {addressee}"),),
    ),
    Line(
        Kind.DUES_OVERDUE, (people.accounts,), member.dues_overdue, ("dues_deferral_months",),
        N_("Dues overdue"),
        N_("paid monthly; with consent by the quarter or {dues_deferral_months} months later"),
        thresholds.RULES_2008,
        (N_("{months} months, {owed} yuan"),),
    ),
    Line(
        Kind.NEED_OVERDUE, (work.raised,), tasks.need_overdue, (),
        N_("Need past its day"),
        N_("the office asked has not answered in time"),
        N_("joint meetings (联席工作制度)"),
        (N_("with {office}"),),
    ),
    Line(
        Kind.DECISION_OVERDUE, (work.decisions,), tasks.decision_overdue, (),
        N_("Decision past its day"),
        N_("what a joint meeting decided is carried out in time"),
        N_("joint meetings (联席工作制度)"),
        (N_("meeting of {held}"),),
    ),
    Line(
        Kind.AID_POT_LAPSING, (work.pots,), tasks.aid_pot_lapsing, ("pot_lapse_days",),
        N_("Money about to lapse"),
        N_("named {pot_lapse_days} days before the pot's last day"),
        OURS,
        (N_("{left} yuan left"), N_("until {until}")),
    ),
    Line(
        Kind.HARDSHIP_ENDING, (people.hardship,), member.hardship_ending, ("hardship_near_days",),
        N_("Recognition of hardship running out"),
        N_("to be decided again {hardship_near_days} days before"),
        OURS,
        (N_("recognized by {by}"), N_("until {until}")),
    ),
    Line(
        Kind.HOLDING_REVIEW, (people.held,), member.holding_review, (),
        N_("Yearly review of a post or title"),
        N_("once a year"),
        N_("posts with duties (设岗定责)"),
        ("{name}",),
    ),
    Line(
        Kind.CARD_REVIEW, (people.held_cards,), card.card_review, ("card_review_months",),
        N_("Card past its yearly review"),
        N_("every {card_review_months} months"),
        CARDS,
        ("{card}", N_("last {last}")),
    ),
    Line(
        Kind.CARD_HOME, (people.held_cards,), card.card_home, (),
        N_("Card held by someone who came home"),
        N_("handed in on return"),
        CARDS,
        ("{card}",),
    ),
    Line(
        Kind.CARD_LOST, (people.held_cards,), card.card_lost, (),
        N_("Lost card not replaced"),
        N_("the county issues another in its place"),
        CARDS,
        ("{card}",),
    ),
    Line(
        Kind.CARD_NOT_ISSUED, (people.away,), card.card_not_issued, ("threshold_months",),
        N_("Card due and not issued"),
        N_("away {threshold_months} months, no fixed place, not in a group"),
        CARDS,
        (N_("away since {left}"),),
    ),
    Line(
        Kind.CARD_UNVERIFIED, (people.held_cards,), card.card_unverified, ("card_verify_months",),
        N_("Card never verified"),
        N_("seen within {card_verify_months} months of its issue"),
        OURS,
        ("{card}",),
    ),
    Line(
        Kind.LOST_CANDIDATE, (people.clocks,), contact.lost_candidate,
        ("lost_months", "removal_years"),
        N_("Lost-contact candidate"),
        N_("{lost_months} months without activity and dues; {removal_years} years suspended"),
        thresholds.RULES_2019,
        (
            "{decision}",
            N_("activity {activity}"),
            N_("dues {dues}"),
            N_("suspended {suspended}"),
        ),
    ),
    Line(
        Kind.CONTACT_WATCH, (people.owed,), contact.contact_watch, ("watch_failures",),
        N_("To watch: cannot be reached"),
        N_("{watch_failures} attempts failed running"),
        OURS,
        (N_("{failures} failed running"), N_("last reached {last}")),
    ),
    Line(
        Kind.CONTACT_OWED, (people.owed,), contact.contact_owed, (),
        N_("Contact owed this month"),
        N_("the branch secretary contacts everybody away once a month"),
        N_("contact rule (联系驻外党员制度)"),
        ("{secretary}", N_("last reached {last}")),
    ),
    Line(
        Kind.TRANSFER_DUE, (people.away, people.letters), move.transfer_due, ("threshold_months",),
        N_("Membership to transfer"),
        N_("away {threshold_months} months in a fixed place"),
        N_("2019 rules on members, art. 25"),
        (N_("away since {left}"),),
    ),
    Line(
        Kind.MOVE_NOT_TAKEN_UP, (people.moves,), move.move_not_taken_up, ("arrival_days",),
        N_("Movement the host has not taken up"),
        N_("within {arrival_days} days"),
        OURS,
        (N_("away since {left}"),),
    ),
    Line(
        Kind.MOVE_NO_DATE, (people.moves,), move.move_no_date, (),
        N_("Movement without a date"),
        N_("the 台账 asks since when"),
        N_("columns of the 台账"),
    ),
    Line(
        Kind.MOVE_NO_PLACE, (people.moves,), move.move_no_place, (),
        N_("Movement without a destination"),
        N_("the 台账 asks where"),
        N_("columns of the 台账"),
        (N_("away since {left}"),),
    ),
    Line(
        Kind.GROUP_MISSING, (people.together,), place.group_missing, ("group_size",),
        N_("Together in one place without a group"),
        N_("{group_size} or more call for a group; make one with: org add"),
        CARDS,
        ("{people}",),
    ),
    Line(
        Kind.SURVEY_MISSING, (work.open_rounds,), survey.survey_missing, (),
        N_("Survey: outcome unknown"),
        N_("everybody of the frame is reached"),
        N_("news article of 2014-11-13"),
        ("{round}", "{team}"),
    ),
    Line(
        Kind.SURVEY_COMPLETE, (work.open_rounds,), survey.survey_complete, (),
        N_("Survey round to close"),
        N_("everybody's outcome is known"),
        OURS,
    ),
    Line(
        Kind.AID_FOLLOW_UP, (work.followed,), tasks.aid_follow_up, ("follow_up_months",),
        N_("Aid to look at again"),
        N_("start-up aid, after {follow_up_months} months"),
        OURS,
        (N_("{months} months after {given}"),),
    ),
    Line(
        Kind.POINT_NO_PERSON, (work.places,), place.point_no_person, (),
        N_("Service point without a person"),
        N_("somebody answers for every service point"),
        N_("news article of 2014-11-13"),
    ),
)  # fmt: skip
"""Every kind of duty; where two are equally pressing, in this order."""
