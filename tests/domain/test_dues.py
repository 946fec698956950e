"""Dues: standards, how far payments reach, due days by consent, and what may not be paid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flowparty.domain.dues import (
    Account,
    Basis,
    Consent,
    Deferral,
    Payment,
    Standard,
    check_amount,
    check_consent,
    check_months,
    check_payer,
    check_standard,
)
from flowparty.domain.dues_standing import State, due_day, standing, totals
from flowparty.domain.errors import BadValue, Conflict, Problem
from flowparty.domain.ids import ConsentId, DuesId, MemberId
from flowparty.domain.months import Month

ME = MemberId(1)
DEFERRAL = 6


def month(text: str) -> Month:
    return Month.from_iso(text)


def paid(
    since: str, until: str, on: str = "2026-01-05", *, reversed_on: str | None = None
) -> Payment:
    return Payment(
        DuesId(1), ME, "王小明", "金叶", on, month(since), month(until), 20, None, None, None,
        reversed_on, None if reversed_on is None else "登错",
    )  # fmt: skip


def consent(kind: Consent, since: str, until: str, person: str | None = None) -> Deferral:
    return Deferral(
        ConsentId(1), ME, "王小明", kind, month(since), month(until), since + "-01", None, person
    )


def account(
    *payments: Payment, deferrals: tuple[Deferral, ...] = (), since: str = "2026-01", fen: int = 20
) -> Account:
    return Account(
        ME, "王小明", "金叶", (Standard(ME, month(since), "farmer", fen),), deferrals, payments
    )


# -- standards ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("basis", "fen", "code"),
    [
        (Basis.FARMER, 19, "dues_standard_outside"),
        (Basis.FARMER, 20, None),
        (Basis.FARMER, 100, None),
        (Basis.FARMER, 101, "dues_standard_outside"),
        *(
            (basis, fen, None if fen == 20 else "dues_standard_outside")
            for basis in (Basis.STUDENT, Basis.UNEMPLOYED, Basis.RELIEF)
            for fen in (19, 20, 21)
        ),
        *((basis, 1, None) for basis in (Basis.WAGE, Basis.SELF_EMPLOYED, Basis.RETIRED)),
        (Basis.WAGE, 1_000_000, None),
        (Basis.WAGE, 0, "money_zero"),
        (Basis.FARMER, 0, "money_zero"),
    ],
)
def test_standards_by_basis(basis: Basis, fen: int, code: str | None) -> None:
    if code is None:
        check_standard(basis, fen)
        return
    with pytest.raises(BadValue, match=code):
        check_standard(basis, fen)


def test_the_standard_of_a_month_is_the_latest_begun() -> None:
    known = Account(
        ME, "王小明", None,
        (Standard(ME, month("2026-01"), "farmer", 20), Standard(ME, month("2026-06"), "wage", 500)),
    )  # fmt: skip
    amounts = [known.standard_of(month(m)) for m in ("2025-12", "2026-01", "2026-05", "2026-06")]
    assert [None if one is None else one.amount_fen for one in amounts] == [None, 20, 20, 500]
    assert known.owed_fen(month("2026-04"), month("2026-07")) == 20 + 20 + 500 + 500
    assert known.owed_fen(month("2025-11"), month("2026-01")) == 20


# -- paid through ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("payments", "day", "to"),
    [
        ((), "2026-06-01", None),
        ((paid("2026-01", "2026-03"),), "2026-06-01", "2026-03"),
        ((paid("2026-01", "2026-03", "2026-02-10"),), "2026-02-09", None),
        ((paid("2026-01", "2026-03", "2026-02-10"),), "2026-02-10", "2026-03"),
        ((paid("2026-01", "2026-03", "2026-02-10"),), "2026-02-11", "2026-03"),
        ((paid("2026-01", "2026-01"), paid("2026-02", "2026-02")), "2026-06-01", "2026-02"),
        ((paid("2026-01", "2026-01"), paid("2026-03", "2026-03")), "2026-06-01", "2026-01"),
        ((paid("2026-02", "2026-03"),), "2026-06-01", None),
        ((paid("2025-11", "2026-12", "2026-01-31"),), "2026-06-01", "2026-12"),
        ((paid("2026-01", "2026-03", reversed_on="2026-04-15"),), "2026-04-14", "2026-03"),
        ((paid("2026-01", "2026-03", reversed_on="2026-04-15"),), "2026-04-15", None),
        ((paid("2026-01", "2026-03", reversed_on="2026-04-15"),), "2026-04-16", None),
    ],
)
def test_paid_to(payments: tuple[Payment, ...], day: str, to: str | None) -> None:
    found = account(*payments).paid_to(date.fromisoformat(day))
    assert (None if found is None else str(found)) == to


def test_nobody_without_a_standard_has_paid_to_anything() -> None:
    bare = Account(ME, "王小明", None, (), (), (paid("2026-01", "2026-02"),))
    assert bare.first_unpaid(date(2026, 6, 1)) is None
    assert bare.paid_to(date(2026, 6, 1)) is None
    assert standing(bare, date(2026, 6, 1), DEFERRAL).state is State.NO_STANDARD


def test_the_last_payment_that_counts() -> None:
    one = paid("2026-01", "2026-01", "2026-01-05")
    two = paid("2026-02", "2026-02", "2026-02-05", reversed_on="2026-03-01")
    known = account(one, two)
    days = ("2026-01-04", "2026-01-05", "2026-02-28", "2026-03-01")
    assert [known.last_paid_on(date.fromisoformat(day)) for day in days] == [
        None, "2026-01-05", "2026-02-05", "2026-01-05",
    ]  # fmt: skip


# -- due days ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "of", "due"),
    [
        ((), "2026-11", "2026-11-30"),
        ((), "2024-02", "2024-02-29"),
        ((), "2028-02", "2028-02-29"),
        ((Consent.QUARTERLY,), "2026-01", "2026-03-31"),
        ((Consent.QUARTERLY,), "2026-03", "2026-03-31"),
        ((Consent.QUARTERLY,), "2026-04", "2026-06-30"),
        ((Consent.QUARTERLY,), "2026-10", "2026-12-31"),
        ((Consent.AFTERWARDS,), "2026-01", "2026-07-31"),
        ((Consent.AFTERWARDS,), "2026-08", "2027-02-28"),
        ((Consent.AFTERWARDS,), "2027-08", "2028-02-29"),
        ((Consent.AFTERWARDS,), "2026-12", "2027-06-30"),
        ((Consent.BY_OTHER,), "2026-11", "2026-11-30"),
        ((Consent.QUARTERLY, Consent.AFTERWARDS), "2026-01", "2026-07-31"),
    ],
)
def test_due_day_by_consent(given: tuple[Consent, ...], of: str, due: str) -> None:
    held = tuple(consent(kind, "2024-01", "2028-12", "李嫂") for kind in given)
    found = due_day(account(deferrals=held), month(of), DEFERRAL)
    assert found == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("of", "due"),
    [("2026-03", "2026-03-31"), ("2026-04", "2026-10-31"), ("2026-06", "2026-12-31"),
     ("2026-07", "2026-07-31")],
)  # fmt: skip
def test_a_consent_covers_its_own_months_only(of: str, due: str) -> None:
    held = (consent(Consent.AFTERWARDS, "2026-04", "2026-06"),)
    assert due_day(account(deferrals=held), month(of), DEFERRAL) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("given", "day", "state", "months"),
    [
        # paid to March; April is owed from its last day on
        ((), "2026-04-01", State.PAID, 0),
        ((), "2026-04-30", State.PAID, 0),
        ((), "2026-05-01", State.OVERDUE, 1),
        ((Consent.QUARTERLY,), "2026-05-01", State.DEFERRED, 1),
        ((Consent.QUARTERLY,), "2026-06-30", State.DEFERRED, 2),
        ((Consent.QUARTERLY,), "2026-07-01", State.OVERDUE, 3),
        ((Consent.AFTERWARDS,), "2026-10-30", State.DEFERRED, 6),
        ((Consent.AFTERWARDS,), "2026-10-31", State.DEFERRED, 6),
        ((Consent.AFTERWARDS,), "2026-11-01", State.OVERDUE, 7),
        ((Consent.BY_OTHER,), "2026-05-01", State.OVERDUE, 1),
    ],
)
def test_standing_the_day_before_and_after(
    given: tuple[Consent, ...], day: str, state: State, months: int
) -> None:
    held = tuple(consent(kind, "2026-01", "2026-12", "李嫂") for kind in given)
    known = account(paid("2026-01", "2026-03"), deferrals=held)
    found = standing(known, date.fromisoformat(day), DEFERRAL)
    assert (found.state, found.months, found.owed_fen) == (state, months, 20 * months)


def test_a_later_month_without_consent_is_overdue_before_an_earlier_one_with_it() -> None:
    known = account(deferrals=(consent(Consent.AFTERWARDS, "2026-01", "2026-01"),))
    at = {day: standing(known, date.fromisoformat(day), DEFERRAL) for day in (
        "2026-02-28", "2026-03-01")}  # fmt: skip
    assert (at["2026-02-28"].state, at["2026-02-28"].due) == (State.DEFERRED, date(2026, 7, 31))
    assert (at["2026-03-01"].state, at["2026-03-01"].due) == (State.OVERDUE, date(2026, 2, 28))


def test_a_standard_that_begins_later_owes_nothing_yet() -> None:
    found = standing(account(since="2026-12"), date(2026, 11, 28), DEFERRAL)
    assert (found.state, found.months, found.standard_fen) == (State.PAID, 0, None)
    assert found.due == date(2026, 12, 31)


def test_totals_by_branch_add_up() -> None:
    day = date(2026, 5, 1)
    stood = [
        standing(replace(known, branch=branch), day, DEFERRAL)
        for branch, known in (
            ("金叶", account(paid("2026-01", "2026-04"))),
            ("金叶", account()),
            ("雨柏", account(deferrals=(consent(Consent.AFTERWARDS, "2026-01", "2026-12"),))),
            (None, Account(ME, "无", None)),
        )
    ]
    found = totals(stood)
    assert [(one.name, one.people, one.paid, one.deferred, one.overdue, one.no_standard)
            for one in found] == [
        ("金叶", 2, 1, 0, 1, 0), ("雨柏", 1, 0, 1, 0, 0), ("-", 1, 0, 0, 0, 1), ("", 4, 1, 1, 1, 1),
    ]  # fmt: skip
    assert found[-1].owed_fen == sum(one.owed_fen for one in found[:-1]) == 20 * 8


# -- refusals ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "on", "ahead", "code"),
    [
        ("2026-04", "2026-04", "2026-04-01", False, None),
        ("2026-04", "2026-05", "2026-04-30", False, "dues_ahead"),
        ("2026-04", "2026-05", "2026-05-01", False, None),
        ("2026-04", "2026-12", "2026-04-01", True, None),
        ("2026-03", "2026-04", "2026-04-01", False, "dues_month_paid"),
        ("2026-05", "2026-05", "2026-06-01", False, "dues_gap"),
    ],
)
def test_months_are_paid_in_order_and_not_ahead(
    first: str, last: str, on: str, ahead: bool, code: str | None
) -> None:
    known = account(paid("2026-01", "2026-03"))
    words = (known, month(first), month(last), date.fromisoformat(on))
    if code is None:
        check_months(*words, ahead=ahead)
        return
    with pytest.raises(Conflict, match=code):
        check_months(*words, ahead=ahead)


def test_no_months_without_a_standard() -> None:
    with pytest.raises(Conflict, match="dues_no_standard"):
        check_months(
            Account(ME, "王小明", None), month("2026-01"), month("2026-01"), date(2026, 1, 1),
            ahead=True,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("person", "months", "allowed"),
    [
        (None, ("2026-12",), True),
        ("李嫂", ("2026-03",), False),
        ("李嫂", ("2026-04", "2026-06"), True),
        ("李嫂", ("2026-06", "2026-07"), False),
        ("王哥", ("2026-04",), False),
    ],
)
def test_another_person_pays_by_consent_only(
    person: str | None, months: tuple[str, ...], allowed: bool
) -> None:
    held = (
        consent(Consent.BY_OTHER, "2026-04", "2026-06", "李嫂"),
        consent(Consent.AFTERWARDS, "2026-01", "2026-12"),
    )
    known, these = account(deferrals=held), [month(one) for one in months]
    if allowed:
        check_payer(known, these, person)
        return
    with pytest.raises(Conflict, match="dues_no_consent"):
        check_payer(known, these, person)


@pytest.mark.parametrize(
    ("kind", "since", "until", "person", "code"),
    [
        (Consent.QUARTERLY, "2026-01", "2026-01", None, None),
        (Consent.QUARTERLY, "2026-02", "2026-01", None, "dues_months_order"),
        (Consent.BY_OTHER, "2026-01", "2026-12", "李嫂", None),
        (Consent.BY_OTHER, "2026-01", "2026-12", None, "dues_person_missing"),
        (Consent.BY_OTHER, "2026-01", "2026-12", "", "dues_person_missing"),
    ],
)
def test_consents(
    kind: Consent, since: str, until: str, person: str | None, code: str | None
) -> None:
    if code is None:
        check_consent(kind, month(since), month(until), person)
        return
    with pytest.raises(BadValue, match=code):
        check_consent(kind, month(since), month(until), person)


@pytest.mark.parametrize(("fen", "enough"), [(59, False), (60, True), (61, True)])
def test_more_is_allowed_less_is_not(fen: int, enough: bool) -> None:
    words = (account(), month("2026-01"), month("2026-03"), fen)
    if enough:
        check_amount(*words)
        return
    with pytest.raises(Problem, match="dues_too_little"):
        check_amount(*words)
