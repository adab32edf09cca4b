"""Plans of other programs in and out: one file a format, text in and text out.

`table` names the formats, `recognising` tells which one a file is of. What a format can't carry is
listed (`carried.Leftovers`), never dropped in silence.
"""
