"""Cards and key files: what is changed or made up is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from flowparty.domain.errors import BadKey, Problem, TooNew, Untrusted
from flowparty.domain.orgs import OrgKind, division_uuid
from flowparty.exchange import cards, keyfile
from flowparty.exchange.crypto import SecretKeys, generate, seal, sign, unseal, verified

DIVISION = "522325107205"
OFFICE = division_uuid(DIVISION, OrgKind.COMMITTEE)
PASSPHRASE = "八个字以上的口令"  # noqa: S105 - of a made-up office


@pytest.fixture(scope="module")
def pair() -> SecretKeys:
    return generate()


@pytest.fixture(scope="module")
def card(pair: SecretKeys) -> cards.KeyCard:
    return cards.KeyCard(OFFICE, DIVISION, "甘田村", pair.public())


def test_a_card_comes_back_as_it_was(card: cards.KeyCard, pair: SecretKeys) -> None:
    assert cards.read_card(cards.write_card(card, pair).encode()) == card


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"name": "长田村"}, Untrusted),
        ({"name": "甘\u202e田"}, Untrusted),
        ({"division": "522325107209"}, Untrusted),
        ({"office": division_uuid("522325107209", OrgKind.COMMITTEE)}, Untrusted),
        ({"sign": "00" * 32}, Untrusted),
        ({"seal": "00" * 32}, Untrusted),
        ({"seal": "00" * 31}, Untrusted),
        ({"signature": "00" * 64}, Untrusted),
        ({"signature": None}, Untrusted),
        ({"more": 1}, Untrusted),
        ({"former": ["00"]}, Untrusted),
        ({"flowparty_card": 3}, TooNew),
        ({"flowparty_card": None}, TooNew),
    ],
)
def test_a_changed_card(
    card: cards.KeyCard, pair: SecretKeys, change: dict[str, Any], kind: type[Problem]
) -> None:
    text = json.dumps({**json.loads(cards.write_card(card, pair)), **change})
    with pytest.raises(kind):
        cards.read_card(text.encode())


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b"[" * 9_000, b"1", b"x" * 20_000])
def test_what_is_no_card(content: bytes) -> None:
    with pytest.raises(Untrusted):
        cards.read_card(content)


def test_the_fingerprint_covers_keys_and_office(card: cards.KeyCard) -> None:
    assert [len(group) for group in card.fingerprint.split(" ")] == [5] * 6
    other = generate().public()
    for changed in (
        replace(card, office=division_uuid("522325107209", OrgKind.COMMITTEE)),
        replace(card, keys=replace(card.keys, sign=other.sign)),
        replace(card, keys=replace(card.keys, seal=other.seal)),
    ):
        assert changed.fingerprint != card.fingerprint
    assert replace(card, name="别名").fingerprint == card.fingerprint


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("12345 67890 11111 22222 33333 44444", True),
        ("123456789011111222223333344444", True),
        ("12345-67890-11111-22222-33333-44444", True),
        ("12345 67890 11111 22222 33333 44445", False),
        ("12345 67890 11111 22222 33333", False),
        ("", False),
    ],
)
def test_a_fingerprint_as_people_type_it(typed: str, same: bool) -> None:
    told = "12345 67890 11111 22222 33333 44444"
    assert cards.same_fingerprint(typed, told) is same


def test_a_rotation_is_signed_by_the_key_before(card: cards.KeyCard, pair: SecretKeys) -> None:
    new = generate()
    rotated = cards.vouch(replace(card, keys=new.public()), [(pair, 7)])
    read = cards.read_card(cards.write_card(rotated, new).encode())
    (found,) = cards.successors(read, card.keys)
    assert (found.card.keys, found.first) == (new.public(), 7)
    assert not cards.successors(read, generate().public())
    assert not cards.successors(card, card.keys)
    forged = replace(read, keys=generate().public())
    assert not cards.successors(forged, card.keys)


def test_a_key_file_opens_by_its_passphrase_only(pair: SecretKeys) -> None:
    text = keyfile.wrap([pair], OFFICE, PASSPHRASE, cost=10)
    assert keyfile.unwrap(text, OFFICE, PASSPHRASE) == [pair]
    assert pair.sign.hex() not in text
    with pytest.raises(BadKey, match="passphrase_wrong"):
        keyfile.unwrap(text, OFFICE, PASSPHRASE + "。")
    with pytest.raises(BadKey, match="key_of_other_office"):
        keyfile.unwrap(text, "elsewhere", PASSPHRASE)
    with pytest.raises(BadKey, match="passphrase_short"):
        keyfile.wrap([pair], OFFICE, "七个字的口令啊", cost=10)


@pytest.mark.parametrize("cost", [9, 21, 63, None, "16"])
def test_a_key_file_cannot_ask_for_any_memory(pair: SecretKeys, cost: object) -> None:
    raw = json.loads(keyfile.wrap([pair], OFFICE, PASSPHRASE, cost=10))
    with pytest.raises(BadKey, match="key_not_one"):
        keyfile.unwrap(json.dumps({**raw, "cost": cost}), OFFICE, PASSPHRASE)


def test_private_keys_never_show_themselves(pair: SecretKeys) -> None:
    assert repr(pair) == "SecretKeys()"


def test_a_seal_is_bound_to_what_stands_beside_it(pair: SecretKeys) -> None:
    sealed = seal(b"rows", pair.public().seal, b"header")
    assert unseal(sealed, pair, b"header") == b"rows"
    for keys, info in ((pair, b"another"), (generate(), b"header")):
        with pytest.raises(Untrusted):
            unseal(sealed, keys, info)
    assert verified(pair.public().sign, b"a", sign(pair, b"a"))
    assert not verified(pair.public().sign, b"b", sign(pair, b"a"))
    assert not verified(b"\0" * 32, b"a", sign(pair, b"a"))
