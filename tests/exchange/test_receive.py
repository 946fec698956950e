"""What may happen to a package on its way (reliability contract, 26 to 40), each with its answer."""

from __future__ import annotations

import copy
import struct
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from flowparty.domain.errors import BadKey, Conflict, Problem, TooNew, Untrusted
from flowparty.domain.ids import OrgId
from flowparty.domain.members import EndReason
from flowparty.domain.movements import State
from flowparty.domain.period import Period
from flowparty.exchange import payload
from flowparty.exchange.crypto import unseal
from flowparty.exchange.stream import HEADER_BYTES, SIGNATURE_BYTES, split
from flowparty.repository import members, orgs, packages
from flowparty.repository import movements as movement_rows
from flowparty.repository.check import check
from flowparty.service import balance, closing, ledger, movements, report_status
from flowparty.service import members as member_service
from flowparty.service.packing import seal_stream
from tests.exchange.test_conflicts import send
from tests.exchange_cases import (
    DAY,
    MONTH,
    TODAY,
    Case,
    add_person,
    go,
    new_branch,
    of_village,
    revoke_village,
)
from tests.offices import PASSPHRASE, make_office
from tests.people import NAMES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def refused(
    case: Case, data: bytes, kind: type[Problem], code: str, today: date = TODAY
) -> Problem:
    """The file is refused with this code, and nothing is written."""
    before = case.town.head()
    with pytest.raises(kind) as problem:
        case.town.receive(data, today)
    assert problem.value.code == code
    assert case.town.head() == before
    assert case.town.registry.row("SELECT 1 FROM member") is None or before[0] > 2
    return problem.value


def flipped(case: Case, at: int) -> bytes:
    data = bytearray(case.data)
    data[at] ^= 1
    return bytes(data)


@pytest.mark.parametrize("at", [0, 30, 60, HEADER_BYTES, HEADER_BYTES + 200, -1, -SIGNATURE_BYTES])
def test_26_a_changed_byte(case: Case, at: int) -> None:
    before = case.town.head()
    with pytest.raises(Untrusted):
        case.town.receive(flipped(case, at), TODAY)
    assert case.town.head() == before


@pytest.mark.parametrize("length", [0, 7, 8, HEADER_BYTES, HEADER_BYTES + 63, 300, -1])
def test_27_cut_off(case: Case, length: int) -> None:
    before = case.town.head()
    with pytest.raises(Untrusted):
        case.town.receive(case.data[:length], TODAY)
    with pytest.raises(Untrusted):
        case.town.receive(case.data + b"\0", TODAY)
    assert case.town.head() == before


def test_28_an_unknown_key_shows_its_fingerprint(case: Case, tmp_path: Path) -> None:
    stranger = make_office(tmp_path / "stranger", "522325107213", TODAY)
    header, inner = case.parts()
    new = replace(header, sender=stranger.registry.office,
                  sender_key=stranger.keys.card.key_digest)  # fmt: skip
    sealed = seal_stream(new, payload.encode(inner), stranger.keys, case.town.keys.card.keys.seal)
    problem = refused(case, sealed, Untrusted, "package_sender_unknown")
    assert problem.params["fingerprint"] == stranger.keys.card.fingerprint


def test_28_signed_with_another_offices_key(case: Case) -> None:
    header, inner = case.parts()
    seal = case.town.keys.card.keys.seal
    forged = seal_stream(header, payload.encode(inner), case.other.keys, seal)
    refused(case, forged, Untrusted, "package_signature_wrong")
    claimed = replace(header, sender_key=case.other.keys.card.key_digest)
    forged = seal_stream(claimed, payload.encode(inner), case.other.keys, seal)
    refused(case, forged, Untrusted, "package_sender_unknown")


def test_28_a_revoked_key(case: Case) -> None:
    revoke_village(case)
    refused(case, case.data, Untrusted, "package_key_revoked")


def test_29_the_contents_of_another_package(case: Case) -> None:
    case.other.close_month(MONTH, TODAY)
    _, theirs = case.other.pack(MONTH, TODAY)
    swapped = case.data[:HEADER_BYTES] + theirs[HEADER_BYTES:]
    with pytest.raises(Untrusted):
        case.town.receive(swapped, TODAY)
    refused(case, case.forge(outside={"revision": 2}), Untrusted, "package_header_differs")


def test_30_for_another_office(case: Case) -> None:
    for_other = case.forge({"recipient": case.other.registry.office})
    problem = refused(case, for_other, Conflict, "package_for_other")
    assert problem.params["ours"] == "长田镇"
    refused(case, case.forge(seal_to=case.other), Untrusted, "package_unreadable")


def test_31_again_and_again(case: Case) -> None:
    assert case.town.receive(case.data, TODAY).outcome == "merged"
    before = case.town.head()
    for _ in range(5):
        again = case.town.receive(case.data, TODAY)
        assert again.outcome == "already"
        assert again.receipt is not None
    assert case.town.head() == before


def next_month(case: Case, month: int, *, again: bool = False) -> bytes:
    """The village's package of another month."""
    period = Period(2026, month) if month <= 12 else Period(2027, month - 12)
    case.village.close_month(period, date(2027, 6, 1))
    return case.village.pack(period, date(2027, 6, 1), again=again)[1]


def test_32_an_older_one_after_a_newer(case: Case) -> None:
    with case.village.registry.write():
        add_person(case.village, "后来人", 7)
    closing.reopen(case.village.registry, MONTH, reason="漏报", today=TODAY)
    case.village.close_month(MONTH, TODAY)
    _, corrected = case.village.pack(MONTH, TODAY)
    assert case.town.receive(corrected, TODAY).revision == 2
    problem = refused(case, case.data, Conflict, "package_older")
    assert problem.params["last"] == 2


def test_33_the_same_number_with_other_contents(case: Case) -> None:
    case.town.receive(case.data, TODAY)
    problem = refused(case, case.forge({"at": 1}), Conflict, "package_fork")
    assert problem.params["known"] != problem.params["given"]


def test_34_a_missing_month(case: Case) -> None:
    case.town.receive(case.data, TODAY)
    next_month(case, 12)
    later = next_month(case, 13)
    today = date(2027, 6, 1)
    problem = refused(case, later, Conflict, "package_gap", today)
    assert problem.params["missing"] == ["2026-12"]
    arrived = case.town.receive(later, today, gap="村里电脑坏了")
    assert (arrived.outcome, arrived.missing) == ("merged", ("2026-12",))
    (_, last) = packages.received_from(case.town.registry, case.village.registry.office)
    assert last.gap == "2026-12: 村里电脑坏了"


def test_34_a_lost_package_made_again_is_no_gap(case: Case) -> None:
    _, again = case.village.pack(MONTH, TODAY, again=True)
    arrived = case.town.receive(again, TODAY)
    assert (arrived.seq, arrived.missing) == (2, ())
    refused(case, case.data, Conflict, "package_older")


@pytest.mark.parametrize("month", range(1, 13))
def test_35_a_month_that_is_not_over(case: Case, month: int) -> None:
    end = date(2026, month, 27)
    forged = case.forge({"month": month})
    refused(case, forged, Conflict, "package_period_future", end)
    # The day after it is another fault: the rows were counted for another month.
    refused(case, forged, Conflict, "package_rules_differ", date(2026, month, 28)) if (
        month != 11
    ) else case.town.receive(forged, date(2026, 11, 28))


def test_35_an_office_that_does_not_report_to_us(case: Case) -> None:
    refused(case, case.forge({"unit": "522325107999"}), Conflict, "package_not_below")
    header, inner = case.parts()
    back = replace(header, recipient=case.village.registry.office, sender=case.town.registry.office,
                   sender_key=case.town.keys.card.key_digest,
                   recipient_key=case.village.keys.card.key_digest)  # fmt: skip
    sealed = seal_stream(back, payload.encode(inner), case.town.keys,
                         case.village.keys.card.keys.seal)  # fmt: skip
    with pytest.raises(Conflict) as problem:
        case.village.receive(sealed, TODAY)
    assert problem.value.code == "package_not_below"


def test_36_a_correction_supersedes_and_the_old_one_stays(case: Case) -> None:
    case.town.receive(case.data, TODAY)
    with case.village.registry.write():
        go(case.village, add_person(case.village, "漏报人", 9), DAY)
    closing.reopen(case.village.registry, MONTH, reason="漏报", today=TODAY)
    case.village.close_month(MONTH, TODAY)
    arrived = case.town.receive(case.village.pack(MONTH, TODAY)[1], TODAY)
    assert [(d.member, d.change) for d in arrived.differences] == [("漏报人", "new")]
    assert ledger.build(case.town.registry, MONTH, None, today=TODAY).total.counts["away"] == 3
    known = packages.received_from(case.town.registry, case.village.registry.office)
    assert [(one.seq, one.revision) for one in known] == [(1, 1), (2, 2)]


def test_36_every_way_to_end_is_told_once_by_its_name(case: Case) -> None:
    names = ("回来人", "去世人", "转走人", "撤回人", "退回人")
    registry = case.village.registry
    with registry.write():
        people = {
            name: add_person(case.village, name, at)
            for at, name in zip(range(21, 31, 2), names, strict=True)
        }
        for person in people.values():
            go(case.village, person, DAY)
    send(case)
    with registry.write():
        for name, outcome in (("回来人", State.RETURNED), ("撤回人", State.WITHDRAWN),
                              ("退回人", State.REFUSED)):  # fmt: skip
            movements.finish(registry, people[name], outcome, on=TODAY, note=None, today=TODAY)
        for name, reason in (("去世人", EndReason.DIED), ("转走人", EndReason.TRANSFERRED)):
            member_service.end(registry, people[name], reason, on=TODAY, note=None, today=TODAY)
    assert {(d.member, d.change) for d in send(case).differences} == {
        ("回来人", "came_back"), ("去世人", "ended"), ("转走人", "transferred"),
        ("撤回人", "withdrawn"), ("退回人", "refused"),
    }  # fmt: skip


def changed_totals(case: Case, cell: str) -> dict[str, Any]:
    totals = copy.deepcopy(case.parts()[1].totals)
    totals["whole"]["counts"][cell] += 1
    return totals


@pytest.mark.parametrize("cell", ["away", "due", "held", "issued", "cross_province", "unknown"])
def test_37_totals_that_do_not_fit(case: Case, cell: str) -> None:
    forged = case.forge(totals=changed_totals(case, cell))
    problem = refused(case, forged, Conflict, "package_totals_differ")
    assert problem.params["stated"] == problem.params["found"] + 1  # type: ignore[operator]


def test_37_a_row_less_than_stated(case: Case) -> None:
    tables = dict(case.parts()[1].tables)
    tables["movement"] = tables["movement"][1:]
    refused(case, case.forge(tables=tables), Conflict, "package_totals_differ")


def bomb(case: Case, plain: bytes) -> bytes:
    header, _ = case.parts()
    return seal_stream(header, plain, case.village.keys, case.town.keys.card.keys.seal)


@pytest.mark.parametrize(
    ("plain", "code"),
    [
        (lambda: __import__("zlib").compress(b" " * 5_000_000), "package_unfolds"),
        (lambda: payload.compress({"schema": 1}) + b"more", "package_unfolds"),
        (lambda: payload.compress({"schema": 1})[:-3], "package_unfolds"),
        (lambda: b"no deflate at all", "package_malformed"),
        (lambda: __import__("zlib").compress(b'{"a":1,"a":2}'), "package_malformed"),
        (lambda: __import__("zlib").compress(b'{"a":NaN}'), "package_malformed"),
        (lambda: __import__("zlib").compress(b"[" * 100_000), "package_unfolds"),
        (lambda: __import__("zlib").compress(b"[[[[1]]]]"), "package_malformed"),
        (lambda: __import__("zlib").compress(b'{"schema":1}'), "package_malformed"),
        (lambda: __import__("zlib").compress(b'{"schema":1,"x":"\\u001b[2J"}'), "package_malformed"),
        (lambda: __import__("zlib").compress('{"schema":"\u202e"}'.encode()), "package_malformed"),
        (lambda: __import__("zlib").compress(b"\xff\xfe"), "package_malformed"),
    ],
)  # fmt: skip
def test_38_what_unfolds_too_far_or_is_malformed(
    case: Case, plain: Callable[[], bytes], code: str
) -> None:
    refused(case, bomb(case, plain()), Untrusted, code)


def test_38_a_file_too_large(case: Case) -> None:
    refused(case, case.data + bytes(20_000_000), Untrusted, "package_too_large")


def test_14_a_newer_format_and_a_newer_payload(case: Case) -> None:
    newer = bytearray(case.data)
    newer[8:10] = struct.pack(">H", 2)
    refused(case, bytes(newer), TooNew, "package_newer")
    refused(case, bomb(case, payload.compress({"schema": 2})), TooNew, "package_newer")


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("member", "sex", 1), ("member", "guest", 2), ("member", "guest", True),
        ("member", "birth_date", 1970), ("movement", "reason", None), ("org", "uuid", "O1"),
        ("card", "member", "00000000-0000-4000-8000-000000000000"), ("card_event", "on", []),
    ],
)  # fmt: skip
def test_a_cell_of_another_form(case: Case, table: str, column: str, value: object) -> None:
    tables = {name: [dict(row) for row in rows] for name, rows in case.parts()[1].tables.items()}
    tables[table][0][column] = value
    refused(case, case.forge(tables=tables), Untrusted, "package_malformed")


@pytest.mark.parametrize(
    ("table", "column", "length"), [("card", "replaces", 1), ("org", "parent", 1),
                                    ("org", "parent", 2), ("org", "parent", 5)],
)  # fmt: skip
def test_rows_that_go_in_a_circle(case: Case, table: str, column: str, length: int) -> None:
    tables = {name: [dict(row) for row in rows] for name, rows in case.parts()[1].tables.items()}
    names = [f"{n:08d}-0000-4000-8000-000000000000" for n in range(length)]
    ended = {"number": "H9", "closed_on": "2026-11-02"}  # of a card, so that nothing else is wrong
    tables[table] += [
        {**tables[table][0], "uuid": uuid, column: names[at - 1], "division": None, **ended}
        for at, uuid in enumerate(names)
    ]
    problem = refused(case, case.forge(tables=tables), Untrusted, "package_content")
    told = problem.params
    assert (told["entity"], told["field"], told["fault"]) == (table, column, "circle")


def test_branches_that_go_in_a_circle_are_not_packed(case: Case) -> None:
    first, second = (new_branch(case.village, name) for name in ("打工支部", "经商支部"))
    send(case)
    with case.village.registry.write():
        for branch, above in ((first, second), (second, first)):
            orgs.edit(case.village.registry, OrgId(branch), {"parent_id": above})
    before = case.town.head()
    with pytest.raises(Conflict, match="pack_content"):
        send(case)
    assert case.town.head() == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("header", []), ("header", {}), ("offices", {}), ("rules", []), ("tables", []),
        ("counts", 7), ("totals", []), ("totals", {}), ("totals", {"whole": 1, "branches": 2}),
        ("chain", {}), ("chain", [7]), ("chain", [{}]), ("more", 1),
    ],
)  # fmt: skip
def test_a_field_that_cannot_be(case: Case, field: str, value: object) -> None:
    stream = split(case.data)
    pair = case.town.keys.for_digest(stream.header.recipient_key)
    raw = payload.decompress(unseal(stream.ciphertext, pair, stream.info))
    forged = bomb(case, payload.compress({**raw, field: value}))
    before = case.town.head()
    with pytest.raises(Untrusted):
        case.town.receive(forged, TODAY)
    assert case.town.head() == before


def test_a_chain_that_names_no_month(case: Case) -> None:
    case.town.receive(case.data, TODAY)
    data = next_month(case, 12)
    header, inner = case.parts(data)
    for wrong in ({"period": "2026-13"}, {"period": 7}, {"seq": "1"}):
        plain = payload.encode(replace(inner, chain=[{**inner.chain[0], **wrong}]))
        forged = seal_stream(header, plain, case.village.keys, case.town.keys.card.keys.seal)
        refused(case, forged, Untrusted, "package_malformed", date(2027, 1, 28))


def test_rows_of_another_office(case: Case) -> None:
    tables = {name: [dict(row) for row in rows] for name, rows in case.parts()[1].tables.items()}
    tables["member"][0]["office"] = case.other.registry.office
    refused(case, case.forge(tables=tables), Conflict, "package_row_foreign")
    forged = case.forge(offices=["522325107001", case.other.division])
    refused(case, forged, Conflict, "package_row_foreign")


def test_rows_that_another_village_has_sent(case: Case) -> None:
    case.other.close_month(MONTH, TODAY)
    _, theirs = case.other.pack(MONTH, TODAY)
    case.town.receive(theirs, TODAY)
    taken = case.town.registry.rows("SELECT uuid FROM movement")[0]["uuid"]
    tables = {name: [dict(row) for row in rows] for name, rows in case.parts()[1].tables.items()}
    tables["movement"][0]["uuid"] = taken
    refused(case, case.forge(tables=tables), Conflict, "package_row_foreign")


def test_other_settings_here_and_there(case: Case) -> None:
    _, inner = case.parts()
    forged = case.forge(rules={**inner.rules, "threshold_months": 3})
    problem = refused(case, forged, Conflict, "package_rules_differ")
    assert (problem.params["ours"], problem.params["theirs"]) == (6, 3)


def test_a_journal_that_was_rewritten(case: Case) -> None:
    case.town.receive(case.data, TODAY)
    data = next_month(case, 12)
    header, inner = case.parts(data)
    chain = [{**link, "journal_head": "f" * 20} for link in inner.chain]
    plain = payload.encode(replace(inner, chain=chain))
    forged = seal_stream(header, plain, case.village.keys, case.town.keys.card.keys.seal)
    refused(case, forged, Conflict, "package_journal_differs", date(2027, 1, 28))


def test_a_key_we_no_longer_have(case: Case) -> None:
    refused(case, case.forge({"recipient_key": "0" * 64}), BadKey, "package_key_gone")


def test_only_what_the_forms_need_leaves(case: Case) -> None:
    _, inner = case.parts()
    text = str(inner)
    for secret in ("某组某号", "想家", PASSPHRASE):
        assert secret not in text
    names = {row["name"] for row in inner.tables["member"]}
    assert len(names) == 2, "who never went away stays at home"
    assert [row["on"] for row in inner.tables["contact"]] == [DAY.isoformat()]


def test_the_order_of_villages_does_not_matter(case: Case, tmp_path: Path) -> None:
    case.other.close_month(MONTH, TODAY)
    _, theirs = case.other.pack(MONTH, TODAY)
    for data in (theirs, case.data):
        assert case.town.receive(data, TODAY).outcome == "merged"
    assert ledger.build(case.town.registry, MONTH, None, today=TODAY).total.counts["away"] == 4
    assert list(check(case.town.registry)) == []
    (entry,) = case.town.registry.rows(
        "SELECT package FROM journal_entry WHERE package IS NOT NULL ORDER BY seq DESC LIMIT 1"
    )
    assert entry["package"] == packages.received_from(
        case.town.registry, case.village.registry.office
    )[0].digest  # fmt: skip


def test_a_branch_is_put_under_one_that_comes_with_it(case: Case) -> None:
    branch = new_branch(case.village, "打工支部")
    send(case)
    above = new_branch(case.village, "驻外党总支", kind="general_branch")
    with case.village.registry.write():
        orgs.edit(case.village.registry, OrgId(branch), {"parent_id": above})
    send(case)
    found = {org.name: org for org in orgs.list_orgs(case.town.registry)}
    assert found["打工支部"].parent_id == found["驻外党总支"].id


def test_the_receipt_is_recorded_once(case: Case) -> None:
    arrived = case.town.receive(case.data, TODAY)
    assert arrived.receipt is not None
    assert case.village.receive(arrived.receipt, TODAY).outcome == "receipt"
    before = case.village.head()
    assert case.village.receive(arrived.receipt, TODAY).outcome == "receipt_known"
    assert case.village.head() == before
    with pytest.raises(Conflict) as problem:
        case.other.receive(arrived.receipt, TODAY)
    assert problem.value.code == "package_for_other"


def test_db_check_finds_a_journal_that_is_not_the_one_of_a_package(case: Case) -> None:
    assert list(check(case.village.registry)) == []
    with case.village.registry.write():
        case.village.registry.update("package_sent", 1, {"journal_head": "f" * 20})
    assert [f.code for f in check(case.village.registry)] == ["anchor_differs"]
    with pytest.raises(Problem) as problem:
        next_month(case, 12)
    assert problem.value.code == "journal_anchor_differs"


@pytest.mark.parametrize(
    ("today", "state"), [("2026-11-29", "sent"), ("2026-11-30", "sent"), ("2026-12-01", "late")]
)
def test_who_has_sent_and_when(case: Case, today: str, state: str) -> None:
    day = date.fromisoformat(today)
    assert [u.state for u in report_status.status(case.town.registry, MONTH)] == ["missing"] * 2
    case.town.receive(case.data, day)
    first, second = report_status.status(case.town.registry, MONTH)
    assert (first.state, first.on, first.revision) == (state, today, 1)
    assert (first.counts, first.changes) == ((2, 0, 0), (None, None, None))
    assert (second.state, second.due) == ("missing", date(2026, 11, 30))


def test_an_office_whose_key_was_revoked_still_reports(case: Case) -> None:
    revoke_village(case)
    first, second = report_status.status(case.town.registry, MONTH)
    assert (first.state, first.key_revoked) == ("missing", TODAY.isoformat())
    assert (second.state, second.key_revoked) == ("missing", None)
    assert first.division < second.division


def test_what_came_under_a_key_that_was_revoked_since_stays(case: Case) -> None:
    case.town.receive(case.data, TODAY)
    revoke_village(case)
    first, _ = report_status.status(case.town.registry, MONTH)
    assert (first.state, first.key_revoked) == ("sent", TODAY.isoformat())


def test_an_office_that_is_no_more_does_not_report(case: Case) -> None:
    with case.town.registry.write():
        for org in orgs.list_orgs(case.town.registry):
            if org.division == case.other.division:
                orgs.edit(case.town.registry, org.id, {"until": "2026-11-28"})
    for month, count in ((MONTH, 2), (Period(2026, 12), 1)):
        assert len(report_status.status(case.town.registry, month)) == count


def test_what_changed_since_the_month_before(case: Case) -> None:
    case.town.receive(case.data, TODAY)
    with case.village.registry.write():
        go(case.village, add_person(case.village, "后来人", 7), date(2026, 12, 3))
    today = date(2026, 12, 28)
    case.village.close_month(Period(2026, 12), today)
    case.town.receive(case.village.pack(Period(2026, 12), today)[1], today)
    unit = report_status.status(case.town.registry, Period(2026, 12))[0]
    assert (unit.counts[0], unit.changes[0]) == (3, 1)
    closing.reopen(case.village.registry, Period(2026, 12), reason="更正", today=today)
    case.village.close_month(Period(2026, 12), today)
    case.town.receive(case.village.pack(Period(2026, 12), today)[1], today)
    unit = report_status.status(case.town.registry, Period(2026, 12))[0]
    assert (unit.state, unit.revision, unit.packages) == ("corrected", 2, 2)


def test_who_moves_from_village_to_village_is_transferred_and_not_ended(case: Case) -> None:
    """The town has a record of each village; both ways name the same person."""
    case.town.receive(case.data, TODAY)
    today, december = date(2026, 12, 28), Period(2026, 12)
    case.town.close_month(MONTH, TODAY)
    (person,) = [
        m for m in members.list_members(case.village.registry, on=today) if m.name == NAMES[0]
    ]
    left = date(2026, 12, 5)
    member_service.end(case.village.registry, person, EndReason.TRANSFERRED, on=left, note=None,
                       today=today)  # fmt: skip
    with case.other.registry.write():
        go(case.other, add_person(case.other, NAMES[0], 1), date(2026, 12, 6))
    for village in (case.village, case.other):
        village.close_month(december, today)
        case.town.receive(village.pack(december, today)[1], today, gap="首次")
    after = closing.month(case.town.registry, december, today=today)
    parts = dict(balance.difference(case.town.registry, after, today=today).balance.parts())
    found = {way: [p.name for p in people] for way, people in parts.items() if people}
    assert (found["transferred_out"], found["transferred_in"]) == ([NAMES[0]], [NAMES[0]])
    assert not {"ended", "came_back"} & set(found)


def test_what_is_sent_again_hides_neither_that_it_was_late_nor_that_it_was_not(case: Case) -> None:
    """The day of the first package is held against the due day; the newest has its own."""
    _, again = case.village.pack(MONTH, TODAY, again=True)
    first, later = date(2026, 11, 29), date(2026, 12, 9)
    case.town.receive(case.data, first)
    case.town.receive(again, later)
    case.other.close_month(MONTH, TODAY)
    case.town.receive(case.other.pack(MONTH, TODAY)[1], later)
    closing.reopen(case.other.registry, MONTH, reason="更正", today=later)
    case.other.close_month(MONTH, later)
    case.town.receive(case.other.pack(MONTH, later)[1], date(2026, 12, 10))
    found = report_status.status(case.town.registry, MONTH)
    assert {unit.name: (unit.state, unit.on, unit.again_on) for unit in found} == {
        "金叶社区": ("sent", "2026-11-29", "2026-12-09"),
        "雨柏村": ("late_corrected", "2026-12-09", "2026-12-10"),
    }


def test_a_month_packed_after_a_later_one_is_recorded_and_not_merged(case: Case) -> None:
    """Its totals count from then on; the rows of the newer state stay, and the gap is filled."""
    today = date(2027, 2, 1)
    case.town.receive(case.data, TODAY)
    with case.village.registry.write():
        late = add_person(case.village, "后来人", 7)
    lost = next_month(case, 12)
    with case.village.registry.write():
        go(case.village, late, date(2026, 12, 30))
    case.town.receive(next_month(case, 13), today, gap="村里电脑坏了")
    january = report_status.status(case.town.registry, Period(2027, 1))[0]
    assert (january.gap, january.changes[0]) == ("2026-12: 村里电脑坏了", None)
    problem = refused(case, lost, Conflict, "package_older", today)
    assert problem.params["last"] == 3
    before = members.list_members(case.town.registry, on=today)
    _, again = case.village.pack(Period(2026, 12), today, again=True)
    arrived = case.town.receive(again, today)
    assert (arrived.outcome, arrived.differences, arrived.conflicts) == ("recorded", (), 0)
    assert members.list_members(case.town.registry, on=today) == before
    december = report_status.status(case.town.registry, Period(2026, 12))[0]
    assert (december.state, december.counts[0]) == ("late", 2)
    january = report_status.status(case.town.registry, Period(2027, 1))[0]
    assert (january.gap, january.changes[0]) == (None, 1)
    assert arrived.receipt is not None
    assert case.village.receive(arrived.receipt, today).outcome == "receipt"
    _, third = case.village.pack(Period(2026, 12), today, again=True)
    refused(case, third, Conflict, "package_month_known", today)
    arrived = case.town.receive(next_month(case, 14), date(2027, 6, 1), gap="第五号")
    assert (arrived.outcome, arrived.missing) == ("merged", ())


def test_a_month_first_packed_after_a_later_one_is_taken(case: Case) -> None:
    village, today = case.other, date(2026, 12, 28)
    for month, day in ((11, date(2026, 11, 28)), (12, today)):
        village.close_month(Period(2026, month), day)
    _, later = village.pack(Period(2026, 12), today)
    _, earlier = village.pack(Period(2026, 11), today)
    assert case.town.receive(later, today).outcome == "merged"
    assert case.town.receive(earlier, today).outcome == "recorded"


def test_an_end_that_its_village_corrects_is_corrected_above(case: Case) -> None:
    village, later = case.village.registry, date(2026, 12, 28)
    person = next(m for m in members.list_members(village, on=TODAY) if m.name == NAMES[0])
    movements.finish(village, person, State.RETURNED, on=date(2026, 12, 1), note=None, today=later)
    case.town.receive(case.data, TODAY)
    case.town.receive(next_month(case, 12), later)
    above = of_village(case, NAMES[0]).id
    assert movement_rows.open_of(case.town.registry, above, on=later) is None
    movements.correct_ended(village, person, {"ended_on": None}, today=later)
    case.town.receive(next_month(case, 13), date(2027, 1, 28))
    assert movement_rows.open_of(case.town.registry, above, on=later) is not None


def test_a_village_s_member_who_moves_on_and_did_not_after_all(case: Case) -> None:
    village, later = case.village.registry, date(2026, 12, 28)
    person = next(m for m in members.list_members(village, on=TODAY) if m.name == NAMES[0])
    place = {"destination_code": "330100", "destination_text": "杭州"}
    movements.move_on(village, person, place, on=date(2026, 12, 1), today=later)
    case.town.receive(case.data, TODAY)
    case.town.receive(next_month(case, 12), later)
    above = of_village(case, NAMES[0]).id
    moved = movement_rows.open_of(case.town.registry, above, on=later)
    assert moved is not None
    assert (moved.destination_code, moved.away_since) == ("330100", DAY.isoformat())
    movements.withdraw(village, person, on=None, note=None, today=later)
    case.town.receive(next_month(case, 13), date(2027, 1, 28))
    stayed = movement_rows.open_of(case.town.registry, above, on=later)
    assert stayed is not None
    assert (stayed.destination_code, stayed.left_on) == ("440306", DAY.isoformat())
