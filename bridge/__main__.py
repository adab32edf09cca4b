"""The command ``songbridge``; ``python -m bridge`` is the same."""

from __future__ import annotations

import contextlib
import io
import os
import sys


def main() -> None:
    """Run the command line and end the process with its exit code; no traceback reaches the user."""
    code: str | int | None = 0
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that can't show "ø" is no defect
    try:
        from bridge.cli.main import cli  # noqa: PLC0415 - so that a broken installation gets its sentence, too

        cli.main(prog_name="songbridge")
    except SystemExit as end:
        code = end.code
    except KeyboardInterrupt:
        code = 130  # 128 + SIGINT, as shells count
    except ImportError as error:
        code = f"Songbridge is not installed completely ({error}); install it again"
    _flush()
    sys.exit(code)


def _flush() -> None:
    """Write what is left; a reader that has gone is no error."""
    try:
        sys.stdout.flush()
    except OSError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
