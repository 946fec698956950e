"""A process of little memory that imports one file after the other, for tests of hostile files.

``python -m tests.intake.worker BYTES`` reads lines of JSON (a command line) and answers each with
one: how it ended, what it said, how long it took, and the most memory it ever had.
"""

from __future__ import annotations

import json
import resource
import sys
import time
import traceback

from typer.testing import CliRunner

from flowparty.cli.root import app


def main() -> None:
    """Answer until there are no more questions."""
    most = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


def answer(words: list[str]) -> dict[str, object]:
    """What one command line came to."""
    begin = time.monotonic()
    done = CliRunner().invoke(app, words, prog_name="flowparty")
    unexpected = done.exception is not None and not isinstance(done.exception, SystemExit)
    return {
        "exit": done.exit_code,
        "err": done.stderr[-2000:],
        "traceback": "".join(traceback.format_exception(done.exception)) if unexpected else "",
        "seconds": time.monotonic() - begin,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    main()
