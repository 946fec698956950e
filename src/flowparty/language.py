"""Which language the program speaks, settled before any command module is loaded.

Source strings are English. Chinese is spoken when nobody says otherwise: cron has no locale.
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DOMAIN = "flowparty"
LOCALE = Path(__file__).parent / "locale"
LANGUAGES = ("zh_CN", "en")

_current: dict[str, gettext.NullTranslations] = {"": gettext.NullTranslations()}


def choose(arguments: Sequence[str], environ: Mapping[str, str]) -> str:
    """The language: ``--lang``, else ``FLOWPARTY_LANG``, else the locale, else Chinese."""
    for wanted in (_option(arguments), environ.get("FLOWPARTY_LANG")):
        if wanted:
            return "en" if wanted.lower().startswith("en") else "zh_CN"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return "en" if environ[name].lower().startswith("en") else "zh_CN"
    return "zh_CN"


def _option(arguments: Sequence[str]) -> str | None:
    for position, word in enumerate(arguments):
        if word == "--":
            return None
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
        if word == "--lang" and position + 1 < len(arguments):
            return arguments[position + 1]
    return None


def use(language: str) -> None:
    """Speak ``language`` from now on; Typer's headings too, if typer is not loaded yet."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
    _current[""] = gettext.translation(DOMAIN, str(LOCALE), [language], fallback=True)


def spoken() -> str:
    """The language in use: ``zh_CN`` or ``en``."""
    return os.environ.get("LANGUAGE", "zh_CN")


def _(message: str) -> str:
    """The message in the language in use."""
    return _current[""].gettext(message) if message else ""


def N_(message: str) -> str:  # noqa: N802 - gettext's customary name
    """Mark a message for translation where it is defined; ``_`` is called where it is shown."""
    return message


TYPER_WORDS = (
    N_("Options"),
    N_("Arguments"),
    N_("Commands"),
    N_("[required]"),
    N_("[default: {}]"),
    N_("[env var: {}]"),
    N_("(dynamic)"),
    N_("(deprecated) "),
)
"""What Typer itself looks up in our catalogue."""
