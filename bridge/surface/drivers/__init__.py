"""One file for each LED protocol family: looks to bytes."""
