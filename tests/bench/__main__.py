"""`python -m tests.bench [NAME…]`: the figures of docs/performance.md, on this machine, now."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable

from tests.bench import (
    against,
    answering,
    cueing,
    hanging,
    lighting,
    painting,
    passing,
    pressing,
    repainting,
    reporting,
    resting,
    sharing,
    starting,
)

BENCHES: dict[str, Callable[[], list[str]]] = {
    "press": pressing.alone,
    "press-flood": pressing.flood,
    "osc": answering.alone,
    "osc-flood": answering.flood,
    "osc-heavy": answering.heavy,
    "queue": pressing.long_queue,
    "ready": starting.ready,
    "idle": resting.idle,
    "running": resting.running,
    "worked": resting.worked,
    "lights": lighting.lights,
    "against": against.against,
    "repaint": repainting.table,
    "thru": passing.thru,
    "press-repaint": painting.under_repaint,
    "cues": cueing.cues,
    "hang": hanging.hang,
    "report": reporting.report,
    "press-report": reporting.presses,
    "share": sharing.share,
}


def main(names: list[str]) -> int:
    """Run those benchmarks, all of them when none is named; 2 for a name that there is not."""
    wrong = [name for name in names if name not in BENCHES]
    if wrong:
        sys.stderr.write(f"no benchmark {wrong[0]!r}; there are {', '.join(BENCHES)}\n")
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # ends the JACK server, too
    for name in names or BENCHES:
        for line in BENCHES[name]():
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
