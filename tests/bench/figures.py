"""Samples, ratios, verdicts: what a benchmark prints."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from itertools import chain


def quantile(samples: list[float], q: float) -> float:
    """Return the `q` quantile (0 to 1) by nearest rank."""
    ranked = sorted(samples)
    return ranked[min(len(ranked) - 1, int(q * len(ranked)))]


@dataclass
class Versus:
    """Samples in seconds of ours and of a floor, taken in turns; ``bounds`` are ratios."""

    name: str
    median_bound: float | None = None
    p99_bound: float | None = None
    ours: list[list[float]] = field(default_factory=list)
    floor: list[list[float]] = field(default_factory=list)
    lost: int = 0
    bare_lost: int = 0
    note: str = ""
    bare: str = "floor"

    def ratio(self, q: float) -> float:
        """Return ours / floor at a quantile, all rounds together."""
        return quantile([*chain(*self.ours)], q) / quantile([*chain(*self.floor)], q)

    def lines(self) -> list[str]:
        """Return what to print."""
        return [
            self._line(0.5, "median", self.median_bound),
            self._line(0.99, "p99", self.p99_bound),
        ]

    def _line(self, q: float, name: str, bound: float | None) -> str:
        ours, floor = [*chain(*self.ours)], [*chain(*self.floor)]
        ratio = self.ratio(q)
        by_round = [
            quantile(o, q) / quantile(f, q) for o, f in zip(self.ours, self.floor, strict=True)
        ]
        said = (
            "" if bound is None else f"  {verdict(ratio <= bound and not self.lost)} (<= {bound})"
        )
        lost = f", lost {self.lost} ({self.bare} {self.bare_lost})" if name == "median" else ""
        return (
            f"{self.name:34} {name:6} {quantile(ours, q) * 1e6:7.0f} µs  {self.bare} "
            f"{quantile(floor, q) * 1e6:7.0f} µs  x {ratio:5.2f}  "
            f"[{min(by_round):.2f} {statistics.median(by_round):.2f} {max(by_round):.2f}]"
            f"{said}  n={len(ours)}{lost} {self.note}"
        )


def verdict(held: bool) -> str:
    """Return the word."""
    return "PASS" if held else "MISS"


def single(name: str, value: str, bound: str, held: bool | None) -> str:
    """Return the line of a figure that has no floor."""
    word = "" if held is None else f"  {verdict(held)} (<= {bound})"
    return f"{name:34} {value}{word}"
