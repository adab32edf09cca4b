"""The service as `songbridge up` runs it; argument: the home."""

from __future__ import annotations

import sys

from bridge.app.run import run
from bridge.files.home import resolve

if __name__ == "__main__":
    sys.exit(run(resolve(sys.argv[1], {}), lambda line: print(line, flush=True)))
