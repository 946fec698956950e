"""The town's own thresholds: set one, or return to its default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowparty import settings as rules
from flowparty.repository import settings
from flowparty.repository.codes import table
from flowparty.service.recorded import Recorded

if TYPE_CHECKING:
    from flowparty.repository.registry import Registry
    from flowparty.settings import InForce


def listed(registry: Registry) -> list[InForce]:
    """Every setting as it stands, in the order of their table."""
    return rules.table(settings.stored(registry))


def change(registry: Registry, name: str, text: str) -> Recorded[InForce]:
    """Let a value be in force from now on.

    Raises:
        NotFound: no such setting. BadValue: the value is none for it, or contradicts another.
    """
    if rules.unit_of(name) is rules.Unit.YES_NO:
        text = table("yes_no").parse(text)
    value = rules.parse(name, text)
    with registry.write():
        rules.check_together(settings.load(registry), name, value)
        return _kept(registry, name, value)


def reset(registry: Registry, name: str) -> Recorded[InForce]:
    """Let the default be in force again.

    Raises:
        NotFound: no such setting. BadValue: the default contradicts another setting in force.
    """
    default = rules.as_text(getattr(rules.Settings(), _known(name)))
    with registry.write():
        rules.check_together(settings.load(registry), name, default)
        return _kept(registry, name, None)


def _known(name: str) -> str:
    rules.unit_of(name)
    return name


def _kept(registry: Registry, name: str, value: str | None) -> Recorded[InForce]:
    touched = settings.keep(registry, name, value)
    (found,) = [one for one in listed(registry) if one.name == name]
    return Recorded(found, repeated=not touched)
