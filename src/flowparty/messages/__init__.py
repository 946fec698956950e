"""The words of every problem: code → (what is wrong, what to do next), in English.

The texts are marked for translation here and translated where they are shown.
"""

from __future__ import annotations

from flowparty.messages import (
    activities,
    aid,
    calls,
    closing,
    dues,
    exchange,
    files,
    intake,
    keys,
    letters,
    lost,
    needs,
    records,
    settings,
    surveys,
    values,
)

MESSAGES: dict[str, tuple[str, str]] = {
    **values.MESSAGES,
    **records.MESSAGES,
    **files.MESSAGES,
    **intake.MESSAGES,
    **surveys.MESSAGES,
    **aid.MESSAGES,
    **needs.MESSAGES,
    **letters.MESSAGES,
    **dues.MESSAGES,
    **activities.MESSAGES,
    **lost.MESSAGES,
    **calls.MESSAGES,
    **closing.MESSAGES,
    **settings.MESSAGES,
    **keys.MESSAGES,
    **exchange.MESSAGES,
}
