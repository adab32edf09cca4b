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
    except OSError as error:  # while the command line was read: --help and --version print there
        code = f"the output can't be written: {error.strerror or error}"
    except ImportError as error:
        code = f"Songbridge is not installed completely ({error}); install it again"
    unwritten = _flushed()
    sys.exit(code or unwritten or 0)


def _flushed() -> str:
    """Write what is left; return why that can't be, empty for a reader that has gone."""
    why = ""
    try:
        sys.stdout.flush()
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            why = f"the output can't be written: {error.strerror or error}"
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return why


if __name__ == "__main__":
    main()
