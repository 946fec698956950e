from __future__ import annotations

import pytest

from flowparty.intake.cell_phones import read_phone


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("17586099731", "17586099731", None),
        ("+86 13485740560", "13485740560", None),
        ("１５８３６０１９７５７", "15836019757", None),
        ("0859-6627813", "0859-6627813", None),
        ("+852 5123 4567", "+85251234567", None),
        ("0", None, None),
        ("", None, None),
        ("无", None, None),
        ("17586099731（儿子）", "17586099731", "phone_annotated"),
        ("儿子 175 8609 9731", "17586099731", "phone_annotated"),
        ("15313629864/13041176215", "15313629864", "phone_multiple"),
        ("15313629864 13041176215", "15313629864", "phone_multiple"),
        ("15313629864、0859-6651637", "15313629864", "phone_multiple"),
        ("15313629864/15313629864", "15313629864", "phone_annotated"),
        ("1893726883", "1893726883", "phone_invalid"),
        ("12046100585", "12046100585", "phone_invalid"),
        ("1.38856E+10", None, "phone_invalid"),
        ("138****8000", None, "phone_invalid"),
        ("等他回电话", None, "phone_invalid"),
    ],
)
def test_telephone_cells(text: str, value: str | None, code: str | None) -> None:
    reading = read_phone(text)
    assert (reading.value, reading.code) == (value, code)


@pytest.mark.parametrize(
    ("text", "landline"),
    [("0859-6627813", True), ("6627813", True), ("13800138000", False), ("2893726", True),
     ("+85251234567", False), ("893726", False), ("", False)],
)  # fmt: skip
def test_landlines_are_told_from_mobiles(text: str, landline: bool) -> None:
    assert read_phone(text).is_landline == landline
