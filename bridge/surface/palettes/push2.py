"""The 128 colours that Ableton Live gives the Push 2's palette, by number, and the white parts.

A Push 2 has one palette for all its ports and modes. Songbridge writes these very entries when it
enters, so that a Live which runs beside it finds its own colours again. Numbers 1 to 26 are Live's
clip colours, 65 to 116 each of them at 40 % and at 13 %. Source: the colours of Ableton Live 12's
script; the named ones (0, 122 to 127) are in Ableton's own document of the Push 2, too.
"""

from __future__ import annotations

# fmt: off
SWATCHES: tuple[str, ...] = (
    "#000000", "#FF4032", "#800400", "#C93C00", "#AC1F00", "#8C5018", "#491804", "#FADC3B",  # 0
    "#FFC516", "#B6FF0E", "#79FF18", "#34C216", "#4F8A04", "#62FF55", "#297D53", "#269E72",  # 8
    "#31ADFF", "#3663FC", "#1A34FF", "#1C0CE6", "#153999", "#3937FF", "#5722FF", "#972BFF",  # 16
    "#852178", "#FF1032", "#FF2BD4", "#A63421", "#995628", "#876700", "#90821F", "#4A8700",  # 24
    "#007F12", "#1853B2", "#624BAD", "#733A67", "#F8BCAF", "#FF9B76", "#FFBF5F", "#D9AF71",  # 32
    "#FFF480", "#BFBA69", "#BCCC88", "#AEFF99", "#7CDD9F", "#89B47D", "#80F3FF", "#7ACEFC",  # 40
    "#68A1D3", "#858FC2", "#BBAAF2", "#CDBBE4", "#EF8BB0", "#859D8C", "#6B756E", "#84909B",  # 48
    "#6A7075", "#88859D", "#6C6A75", "#9D859C", "#746A74", "#9C9D85", "#74756A", "#9D8484",  # 56
    "#756A6A", "#661914", "#210806", "#460300", "#280000", "#5D1700", "#200D00", "#470C00",  # 64
    "#1C0800", "#3B2B14", "#1C130A", "#250E05", "#0D0602", "#645817", "#201C07", "#664E08",  # 72
    "#211902", "#486605", "#172101", "#306609", "#0F2103", "#144D08", "#061902", "#1F3701",  # 80
    "#0A1100", "#276622", "#0C210B", "#143E29", "#081910", "#004D36", "#00180E", "#134566",  # 88
    "#061621", "#152764", "#070C20", "#0A1466", "#030621", "#0B045C", "#03011D", "#0A1C4C",  # 96
    "#040B1E", "#161666", "#070721", "#220D66", "#0B0421", "#3C1166", "#130521", "#350D30",  # 104
    "#11040F", "#660614", "#210206", "#661154", "#21051B", "#000000", "#595959", "#1A1A1A",  # 112
    "#FFFFFF", "#595959", "#CCCCCC", "#404040", "#141414", "#0000FF", "#00FF00", "#FF0000",  # 120
)
# fmt: on
"""Index = palette number."""
