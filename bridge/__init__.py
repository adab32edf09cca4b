"""Songbridge: task-based music production under the producer's fingers."""

__version__ = "0.1.0"
