"""Where the program's own data lies: inside a wheel, or beside the source in a checkout."""

from __future__ import annotations

from pathlib import Path


def data_path(*parts: str) -> Path:
    """The path of a file under ``data/``, for example ``data_path("divisions", "areas.csv")``."""
    installed = Path(__file__).parent / "data"
    root = installed if installed.is_dir() else Path(__file__).parents[2] / "data"
    return root.joinpath(*parts)
