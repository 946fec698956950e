"""Which language is spoken when, and that nothing needs a locale."""

from __future__ import annotations

import pytest

from flowparty.language import choose


@pytest.mark.parametrize(
    ("arguments", "environ", "language"),
    [
        ([], {}, "zh_CN"),
        ([], {"LANG": "C"}, "zh_CN"),
        ([], {"LANG": "C.UTF-8"}, "zh_CN"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh_CN"),
        ([], {"LANG": "en_US.UTF-8", "FLOWPARTY_LANG": "zh"}, "zh_CN"),
        (["--lang", "en", "member"], {"FLOWPARTY_LANG": "zh"}, "en"),
        (["--lang=en"], {}, "en"),
        (["--lang"], {}, "zh_CN"),
        (["contact", "add", "--", "--lang", "en"], {}, "zh_CN"),
    ],
)
def test_who_decides(arguments: list[str], environ: dict[str, str], language: str) -> None:
    assert choose(arguments, environ) == language
