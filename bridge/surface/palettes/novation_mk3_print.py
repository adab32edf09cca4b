"""The 128 colours of Novation's MK3 Launchpads as their manual prints them, by palette number.

Paper shows no dark: a channel that is off is printed as 0x61, so `PAPER` is taken off before
colours are compared; number 0 is really off. Sources: helgobox preset; Ardour's launchpad_x agrees
in 124 of 127 entries within 8/255 (82, 96 and 121 differ, helgobox's stand here).
"""

from __future__ import annotations

PAPER = 0x61
"""How a channel that is off looks in print."""

# fmt: off
SWATCHES: tuple[str, ...] = (
    "#616161", "#B3B3B3", "#DDDDDD", "#FFFFFF", "#FCB3B3", "#FA6161", "#DD6161", "#B36161",  # 0
    "#FEF3D5", "#FBB361", "#DD8C61", "#B37661", "#FCEEA1", "#FBFF61", "#DDDD61", "#B3B361",  # 8
    "#DDFFA1", "#C2FF61", "#A1DD61", "#81B361", "#C2FFB3", "#61FE61", "#61DD61", "#61B361",  # 16
    "#C2FFC2", "#61FE8C", "#61DD76", "#61B36B", "#C2FECC", "#61FECC", "#61DDA1", "#61B381",  # 24
    "#C2FEF3", "#61FDE9", "#61DDC2", "#61B396", "#C2F3FF", "#61EEFF", "#61C7DD", "#61A1B3",  # 32
    "#C2DDFF", "#61C7FF", "#61A1DD", "#6181B3", "#A18CFF", "#6161FF", "#6161DD", "#6161B3",  # 40
    "#CCB3FF", "#A161FF", "#8161DD", "#7661B3", "#FEB3FF", "#FE61FF", "#DD61DD", "#B361B3",  # 48
    "#FDB3D5", "#FC61C2", "#DD61A1", "#B3618C", "#FA7661", "#E9B361", "#DDC261", "#A1A161",  # 56
    "#61B361", "#61B38C", "#618CD5", "#6161FF", "#61B3B3", "#8C62F3", "#CCB3C2", "#8C7681",  # 64
    "#FA6161", "#F3FFA1", "#EEFC61", "#CCFF60", "#76DD61", "#61FECC", "#61E9FF", "#61A1FF",  # 72
    "#8C61FF", "#CC61FC", "#EE8CDD", "#A17661", "#FBA161", "#DDF962", "#D5FF8C", "#61FE61",  # 80
    "#B3FFA1", "#CCFCD5", "#B3FEF6", "#CCE4FF", "#A1C2F6", "#D5C2F9", "#F98CFF", "#FC61CC",  # 88
    "#FBC261", "#F3EE61", "#E4FF61", "#DDCC61", "#B3A161", "#61BA76", "#76C28C", "#8181A1",  # 96
    "#818CCC", "#CCAA81", "#DD6161", "#F9B3A1", "#F9BA76", "#FCF38D", "#E9F9A1", "#D5EE76",  # 104
    "#8181A1", "#F9F9D5", "#DDFCE4", "#E9E9FF", "#E4D5FF", "#B3B3B3", "#D5D5D5", "#F9FFFF",  # 112
    "#E96161", "#AA6261", "#81F662", "#61B361", "#F3EE61", "#B3A161", "#EEC261", "#C27661",  # 120
)
# fmt: on
"""Index = palette number."""
