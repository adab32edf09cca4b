"""How the page looks: light and dark, on a phone, on paper. It loads nothing from anywhere."""

from __future__ import annotations

from typing import Final

STYLE: Final = """
:root { color-scheme: light dark;
  --paper:#fdfcfa; --card:#ffffff; --ink:#1d1f24; --faint:#6a6f7a; --grid:#dcdde1;
  --plan:#b9bec9; --real:#2f7dc4;
  --level0:#ebebec; --level1:#b7e3c9; --level2:#71c596; --level3:#309966; --level4:#0f6a41;
  --stage0:#5b8def; --stage1:#a86fe0; --stage2:#e09a00; --stage3:#2fa57a; --stage4:#dd5533;
  --stage5:#7d8796; }
@media (prefers-color-scheme: dark) { :root {
  --paper:#15171b; --card:#1d2026; --ink:#eceef2; --faint:#9aa1ae; --grid:#363b45;
  --plan:#565d6b; --real:#63aef0;
  --level0:#2a2e35; --level1:#1f5a3f; --level2:#2a8a5f; --level3:#44ba83; --level4:#8af0bd;
  --stage0:#6d9bf5; --stage1:#b889ee; --stage2:#f0ad2a; --stage3:#43be90; --stage4:#ee6d4b;
  --stage5:#949eae; } }
@media print { :root { --paper:#fff; --card:#fff; --ink:#000; --faint:#444; --grid:#ccc; }
  details::details-content { content-visibility: visible; block-size: auto; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
* { box-sizing: border-box; }
body { margin:0 auto; padding:1.2rem 1rem 3rem; max-width:70rem; background:var(--paper); color:var(--ink);
  font:16px/1.5 system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; }
h1 { font-size:1.6rem; margin:.2rem 0; } h2 { font-size:1.05rem; margin:0 0 .4rem; }
p { margin:.2rem 0; } .faint { color:var(--faint); } a { color:var(--real); }
.facts { display:grid; grid-template-columns:repeat(auto-fit,minmax(9rem,1fr)); gap:.6rem;
  margin:1rem 0; padding:0; }
.facts > div { background:var(--card); border:1px solid var(--grid); border-radius:.6rem;
  padding:.6rem .8rem; }
.facts dt { color:var(--faint); font-size:.85rem; } .facts dd { margin:0; font-size:1.35rem;
  font-weight:600; }
main { columns:26rem 2; column-gap:1rem; }
section, figure { margin:0 0 1rem; break-inside:avoid; padding:1rem; background:var(--card);
  border:1px solid var(--grid); border-radius:.6rem;
  min-width:0; }
figure svg { display:block; width:100%; height:auto; max-width:36rem; margin:0 auto; }
figure svg text { font-family:system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif !important; }
figcaption { color:var(--faint); font-size:.9rem; margin:.4rem 0; }
details { margin-top:.4rem; } summary { cursor:pointer; color:var(--faint); font-size:.9rem; }
.scroll { overflow-x:auto; } table { border-collapse:collapse; width:100%; font-size:.88rem; }
th, td { text-align:right; padding:.18rem .45rem; border-bottom:1px solid var(--grid); white-space:nowrap;
  font-variant-numeric:tabular-nums; }
th:first-child, td:first-child { text-align:left; white-space:normal; overflow-wrap:anywhere;
  min-width:8rem; }
th { color:var(--faint); font-weight:500; }
.dot { display:inline-block; width:.7em; height:.7em; border-radius:50%; margin-right:.4em; }
.goals { margin:0; } .goals dt { overflow-wrap:anywhere; } .goals dd { margin:0 0 .5rem; }
meter { width:6.5rem; max-width:40%; vertical-align:middle; }
@media (max-width:30rem) { th { white-space:normal; } th, td { padding:.18rem .3rem; }
  th:first-child, td:first-child { min-width:4.5rem; } }
ul { margin:.3rem 0; padding-left:1.2rem; } li { overflow-wrap:anywhere; }
"""
