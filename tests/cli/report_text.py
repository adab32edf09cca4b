"""`python -m tests.cli.report_text`: write anew the report that `test_report` holds the command to."""

from __future__ import annotations

from tests.cli.test_report import GOLDEN, shown

if __name__ == "__main__":
    GOLDEN.write_text(shown(), "utf-8")
