"""What can be wrong with a setting, and with the question what is owed."""

from __future__ import annotations

from flowparty.language import N_

MESSAGES: dict[str, tuple[str, str]] = {
    "setting_unknown": (
        N_("There is no setting {value}."),
        N_("see  flowparty settings list"),
    ),
    "setting_value": (
        N_("{name} cannot be {value}: a whole number from {least} to {most}."),
        N_("several months are parted by commas:  6,12"),
    ),
    "setting_pattern": (
        N_("{value} is no regular expression for {name} (character {at})."),
        N_("an empty one accepts every number"),
    ),
    "setting_order": (
        N_("{name} would be {value}, above {other} ({most})."),
        N_("change the other one first:  flowparty settings set {other} DAYS"),
    ),
    "duty_unknown": (
        N_("{value} is no kind of duty; there are {known}."),
        N_("name one of those above, or how several begin:  --kind card"),
    ),
}
