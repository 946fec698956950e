"""How cron reads a line of a crontab."""

from __future__ import annotations


def as_shell_gets_it(command: str) -> str:
    """Cron's own reading: ``\\%`` is a per cent sign, a bare ``%`` would end the command."""
    out, escaped = [], False
    for character in command:
        if escaped and character != "%":
            out.append("\\")
        assert escaped or character != "%", command
        escaped = character == "\\"
        if not escaped:
            out.append(character)
    return "".join([*out, "\\" if escaped else ""])
