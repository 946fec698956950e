"""The crontab: when jobs run, and that a line means one thing to cron and to the shell."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowparty.domain.crontab import JOBS, Job, command, lines, times
from flowparty.domain.errors import BadValue
from tests.cron import as_shell_gets_it

AFTER = Job("export", ("ledger", "export"), (), folder=True)


@pytest.mark.parametrize(
    ("cutoff_day", "when"),
    [
        (1, ("20 7 2 * *",)),
        (20, ("20 7 21 * *",)),
        (27, ("20 7 28 * *",)),
        (28, ("20 7 29 * *", "20 7 1 3 *")),
    ],
)
def test_the_day_after_the_cut_off(cutoff_day: int, when: tuple[str, ...]) -> None:
    assert times(AFTER, cutoff_day) == when


def test_a_job_with_its_own_times() -> None:
    assert times(Job("check", ("db", "check"), ("40 7 * * 1",)), 28) == ("40 7 * * 1",)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["a", "b"], "a b"),
        (["/my files/a", "--x"], "'/my files/a' --x"),
        (["it's"], "'it'\"'\"'s'"),
        (["100%"], "100\\%"),
        (["100 %"], "'100 \\%'"),
        (["$HOME", "`id`", "a;b", "#"], "'$HOME' '`id`' 'a;b' '#'"),
        ([""], "''"),
    ],
)
def test_words_are_quoted_and_per_cents_escaped(words: list[str], line: str) -> None:
    assert command(words) == line


@given(
    st.lists(
        st.text(st.characters(exclude_characters="\n\r\0", exclude_categories=["Cs"])), min_size=1
    )
)
def test_any_words_come_through_cron_and_shell(words: list[str]) -> None:
    assert shlex.split(as_shell_gets_it(command(words))) == words


@pytest.mark.parametrize("word", ["a\nb", "a\rb", "a\0b"])
def test_a_line_break_is_refused(word: str) -> None:
    with pytest.raises(BadValue, match="cron_word_unsafe"):
        command(["flowparty", word])


def test_the_folder_stands_on_the_lines_that_need_it() -> None:
    assert list(lines(AFTER, ["/f"], "/上 报", 27)) == [
        "20 7 28 * * /f ledger export --output '/上 报'"
    ]
    assert list(lines(Job("x", ("db", "check"), ("1 7 * * *",)), ["/f"], "/b", 27)) == [
        "1 7 * * * /f db check"
    ]


def test_every_job_runs_after_seven() -> None:
    for job in JOBS:
        for when in times(job, 27):
            minute, hour, *rest = when.split()
            assert len(rest) == 3
            assert 0 <= int(minute) < 60
            assert 7 <= int(hour) < 12
