"""What an adapter can't do yet, by kind and case: an expected failure that tells when it is mended."""

from __future__ import annotations

from collections.abc import Mapping

GAPS: Mapping[tuple[str, str], str] = {}
"""The reason of each gap. Take the line away when the case passes: a mended gap fails its test."""
