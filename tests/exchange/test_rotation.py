"""Keys that follow each other: what the old ones may still sign, and how the new ones are found."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from flowparty.domain.errors import BadKey, Conflict, NotFound, Storage, Untrusted
from flowparty.domain.period import Period
from flowparty.exchange.cards import read_card, vouch, write_card
from flowparty.exchange.crypto import generate, sign
from flowparty.repository import office_keys
from flowparty.service import keys
from tests.exchange_cases import MONTH, TODAY, Case
from tests.offices import CHEAP, PASSPHRASE

if TYPE_CHECKING:
    from flowparty.service.keys import Unlocked

LATER = date(2027, 2, 28)


def rotate(case: Case, today: date = TODAY, *, again: bool = False) -> Unlocked:
    """The village replaces its keys; returns the old ones."""
    village, old = case.village, case.village.keys
    path = village.folder / "registry.key"
    keys.rotate(village.registry, path, PASSPHRASE, card_path(case), today=today, again=again,
                cost=CHEAP)  # fmt: skip
    village.keys = keys.unlock(village.registry, path, PASSPHRASE)
    return old


def card_path(case: Case) -> Any:
    return case.village.folder / "new.card"


def trust(case: Case, content: bytes | None = None) -> Any:
    """The town takes the village's card without a call."""
    card = card_path(case).read_bytes() if content is None else content
    return keys.trust(case.town.registry, card, None, today=TODAY)


def pack(case: Case, month: int) -> bytes:
    period = Period(2026, month) if month <= 12 else Period(2027, month - 12)
    if period != MONTH:
        case.village.close_month(period, LATER)
    return case.village.pack(period, LATER, again=period == MONTH)[1]


def forged(case: Case, stolen: Unlocked, seq: int) -> bytes:
    """A package with this number by somebody who has the village's old key."""
    case.village.keys, own = stolen, case.village.keys
    made = case.forge({"seq": seq, "sender_key": stolen.card.key_digest, "journal_seq": 10_000})
    case.village.keys = own
    return made


def refused(case: Case, data: bytes) -> BadKey:
    before = case.town.head()
    with pytest.raises(BadKey, match="package_key_replaced") as problem:
        case.town.receive(data, LATER)
    assert case.town.head() == before
    return problem.value


def test_what_was_made_before_the_rotation_is_taken_however_late(case: Case) -> None:
    second = pack(case, 12)
    rotate(case)
    third = pack(case, 13)
    trust(case)
    for data in (case.data, second, third):
        assert case.town.receive(data, LATER).outcome == "merged"
    assert case.town.receive(case.data, LATER).outcome == "already"


def test_a_stolen_key_that_was_replaced_signs_nothing_new(case: Case) -> None:
    case.town.receive(case.data, LATER)
    stolen = rotate(case)
    trust(case)
    problem = refused(case, forged(case, stolen, 2))
    assert (problem.params["seq"], problem.params["first"]) == (2, 2)
    assert case.town.receive(pack(case, 12), LATER).outcome == "merged"
    refused(case, forged(case, stolen, 3))


def test_nor_after_a_card_that_does_not_say_from_which_number_on(case: Case) -> None:
    """A card of format 1: then the first package of the new key draws the line."""
    stolen = rotate(case)
    old_card = one_rotation(case, stolen)
    assert trust(case, old_card).record.first_seq is None
    case.town.receive(case.data, LATER)
    assert case.town.receive(pack(case, 12), LATER).outcome == "merged"
    problem = refused(case, forged(case, stolen, 3))
    assert problem.params["first"] == 2


def one_rotation(case: Case, former: Unlocked) -> bytes:
    """The village's card as a program wrote it that knew one rotation only."""
    card = case.village.keys.card
    raw = json.loads(write_card(card, case.village.keys.current))
    signature = sign(former.current, b"rotation\n" + card.statement())
    raw["former"] = [former.card.keys.sign.hex(), signature.hex()]
    assert raw["flowparty_card"] == 1
    return json.dumps(raw).encode()


def test_who_missed_rotations_is_led_to_the_present_key(case: Case) -> None:
    rotate(case)
    second = pack(case, 12)
    rotate(case, again=True)
    third = pack(case, 13)
    found = trust(case).record
    assert (found.key_digest, found.first_seq) == (case.village.keys.card.key_digest, 3)
    for data in (case.data, second, third):
        assert case.town.receive(data, LATER).outcome == "merged"
    known = [k for k in office_keys.list_keys(case.town.registry) if k.division == found.division]
    assert [(key.first_seq, key.live) for key in known] == [(3, True), (2, False), (None, False)]
    assert trust(case).repeated


def test_a_key_between_signs_what_lies_between(case: Case) -> None:
    between = [rotate(case), rotate(case, again=True)][1]
    trust(case)
    case.town.receive(case.data, LATER)
    refused(case, forged(case, between, 2))


def test_a_replaced_key_leads_nowhere_any_more(case: Case) -> None:
    stolen = rotate(case)
    trust(case)
    mine = generate()
    rival = vouch(replace(stolen.card, keys=mine.public()), [(stolen.current, 1)])
    with pytest.raises(Untrusted, match="key_fingerprint_missing"):
        trust(case, write_card(rival, mine).encode())


@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_a_changed_rotation(case: Case, at: int) -> None:
    rotate(case)
    rotate(case, again=True)
    raw = json.loads(card_path(case).read_bytes())
    raw["former"][0][at] = 1 if at == 2 else "00" * (64 if at == 3 else 32)
    with pytest.raises(Untrusted, match="key_fingerprint_missing"):
        trust(case, json.dumps(raw).encode())


@pytest.mark.parametrize(
    "former",
    [[1], [[]], [["00", "00", 1, "00"]], {"a": 1}, [["00" * 32, "00" * 32, 0, "00" * 64]],
     [["00" * 32, "00" * 32, True, "00" * 64]], [["00" * 32, "00" * 32, 1, "00" * 64]] * 21],
)  # fmt: skip
def test_rotations_that_cannot_be(case: Case, former: object) -> None:
    rotate(case)
    raw = json.loads(card_path(case).read_bytes())
    with pytest.raises(Untrusted, match="card_not_one"):
        read_card(json.dumps({**raw, "former": former}).encode())


def test_the_same_command_again_gives_the_same_card(case: Case) -> None:
    rotate(case)
    first = card_path(case).read_bytes()
    card_path(case).unlink()
    before = case.village.head()
    rotate(case)
    assert card_path(case).read_bytes() == first
    assert case.village.head() == before
    rotate(case, again=True)
    assert card_path(case).read_bytes() != first
    rotate(case, LATER)
    assert case.village.head()[0] == before[0] + 2


def test_a_rotation_that_the_registry_refuses_says_that_the_key_file_is_written(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Storage("disk_full", path="registry.db")

    monkeypatch.setattr(office_keys, "add", full)
    with pytest.raises(Storage) as refused:
        rotate(case)
    assert refused.value.written is True
    monkeypatch.undo()
    rotate(case)
    pack(case, 12)


def test_a_key_replaced_while_a_package_was_made(case: Case) -> None:
    old = rotate(case)
    case.village.close_month(Period(2026, 12), LATER)
    case.village.keys = old
    with pytest.raises(Conflict, match="pack_overtaken"):
        case.village.pack(Period(2026, 12), LATER)


def revoke(case: Case, text: str) -> Any:
    return keys.revoke(case.town.registry, text, today=TODAY, reason="优盘丢了")


def states(case: Case) -> list[bool]:
    """Whether each key of the village is trusted, the newest first."""
    town, village = case.town.registry, case.village.registry.office
    return [key.revoked_on is None for key in office_keys.of_holder(town, village)]


def test_one_key_is_revoked_by_its_fingerprint(case: Case) -> None:
    old = rotate(case)
    trust(case)
    told = old.card.fingerprint.replace(" ", "-")
    assert revoke(case, told).record.key_digest == old.card.key_digest
    assert states(case) == [True, False]
    assert revoke(case, told).repeated
    with pytest.raises(Untrusted, match="package_key_revoked"):
        case.town.receive(case.data, LATER)
    assert case.town.receive(pack(case, 11), LATER).outcome == "merged"


def test_what_was_replaced_goes_on_when_the_key_after_it_is_revoked(case: Case) -> None:
    rotate(case)
    trust(case)
    revoke(case, case.village.keys.card.fingerprint)
    assert states(case) == [False, True]
    assert case.town.receive(case.data, LATER).outcome == "merged"
    with pytest.raises(Untrusted, match="package_key_revoked"):
        case.town.receive(pack(case, 12), LATER)
    rotate(case, again=True)
    with pytest.raises(Untrusted, match="key_fingerprint_missing"):
        trust(case)


def test_an_office_is_revoked_whole(case: Case) -> None:
    rotate(case)
    trust(case)
    revoke(case, case.village.division)
    assert states(case) == [False, False]
    with pytest.raises(NotFound, match="key_not_found"):
        revoke(case, "12345 67890 12345 67890 12345 67890")
    with pytest.raises(Conflict, match="key_own_kept"):
        revoke(case, case.town.keys.card.fingerprint)
