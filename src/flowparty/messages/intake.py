"""Words for the faults of imported rows: code → what is wrong and what to do about it."""

from __future__ import annotations

from flowparty.language import N_

FAULTS = {
    "id_missing": N_("no identity number"),
}
