/** What the report needs beside the look of every page; contrasts as there, 3 to 1 for lines of a chart. */
export const REPORT_STYLE = `
:root { --fail-1: #fbe3e0; --fail-2: #f6c5bf; --fail-3: #efa79e; --clear: #dcefe1; --unknown: #eceef0;
  --series-1: #a3120a; --series-2: #0b5394; --series-3: #1d6b35; --series-4: #7a4a00; --series-5: #5b3b8c; }
@media (prefers-color-scheme: dark) {
  :root { --fail-1: #3d1f1c; --fail-2: #5a2621; --fail-3: #7a2d25; --clear: #1c3625; --unknown: #2a2f34;
    --series-1: #ff9d92; --series-2: #8ec5ff; --series-3: #86d6a0; --series-4: #f4c36b; --series-5: #cdb4f5; }
}
main section { margin: 2.5rem 0; }
.first { display: grid; gap: 0 3rem; grid-template-columns: minmax(0, 1fr); }
.first section { margin: 1rem 0; }
.first h2 { font-size: 1.25rem; }
.first blockquote p { margin: .25rem 0; }
@media (min-width: 64rem) { .first { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } }
.contents ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; }
.facts { margin: .25rem 0; }
.facts li { margin: .15rem 0; }
.heat th, .heat td { padding: .3rem .5rem; border: 1px solid var(--line); }
.heat td { text-align: center; min-width: 4.5rem; }
.heat thead th { vertical-align: bottom; font-size: .875rem; }
.heat a { color: inherit; text-decoration: none; display: block; }
.heat a:hover, .heat a:focus { text-decoration: underline; }
.heat .n { display: block; font-size: .8125rem; }
.heat .none { color: var(--quiet); font-size: .75rem; }
.heat [data-shade=fail-1] { background: var(--fail-1); }
.heat [data-shade=fail-2] { background: var(--fail-2); }
.heat [data-shade=fail-3] { background: var(--fail-3); }
.heat [data-shade=clear] { background: var(--clear); }
.heat [data-shade=unknown] { background: var(--unknown); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
figure { margin: 1rem 0; }
.chart { width: 100%; max-width: 48rem; height: auto; display: block; }
.chart text { fill: var(--ink); font: 13px system-ui, sans-serif; }
.chart .axis { stroke: var(--line); stroke-width: 1; fill: none; }
.chart .grid { stroke: var(--line); stroke-width: 1; stroke-dasharray: 1 4; fill: none; }
.chart .series-1 { stroke: var(--series-1); } .chart .series-2 { stroke: var(--series-2); }
.chart .series-3 { stroke: var(--series-3); } .chart .series-4 { stroke: var(--series-4); }
.chart .series-5 { stroke: var(--series-5); }
.chart .curve { fill: none; stroke-width: 2.5; }
.chart .bar { fill: var(--series-1); } .chart .possible { fill: var(--unknown); stroke: var(--line); }
.chart .interval { stroke: var(--ink); stroke-width: 2; fill: none; }
.chart .point { fill: var(--ink); }
#opened { width: min(96vw, 90rem); max-height: 94vh; max-width: none; background: var(--paper); color: var(--ink);
  border: 2px solid var(--line); padding: 0 1.25rem 1.25rem; overflow: auto; }
#opened::backdrop { background: rgb(0 0 0 / .6); }
#opened header { position: sticky; top: 0; display: flex; gap: 1rem; justify-content: space-between;
  align-items: center; padding: .75rem 0; background: var(--paper); border-bottom: 1px solid var(--line); }
#opened h2 { margin: 0; font-size: 1.25rem; }
#opened .turn, #opened .verdict { scroll-margin-top: 5rem; }
@media print {
  :root { color-scheme: light; --paper: #fff; --ink: #000; --soft: #f1f3f5; --quiet: #333; --line: #666;
    --accent: #0b5394; --bad: #a3120a; --open: #7a4a00; --good: #1d6b35; --fail-1: #fbe3e0; --fail-2: #f6c5bf;
    --fail-3: #efa79e; --clear: #dcefe1; --unknown: #eceef0; --series-1: #a3120a; --series-2: #0b5394;
    --series-3: #1d6b35; --series-4: #7a4a00; --series-5: #5b3b8c; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { font-size: 9.5pt; }
  .page { padding: 0; max-width: none; }
  .contents, #opened { display: none; }
  .scroll { overflow: visible; }
  .first { display: block; }
  details::details-content { content-visibility: visible; }
  h2, h3, caption { break-after: avoid; }
  figure, tr, .excerpt { break-inside: avoid; }
  .heat thead th, .heat th, .heat td { padding: 1pt 2pt; font-size: 7pt; min-width: 0; }
  .heat .n, .heat .none { font-size: 6pt; }
  a { color: inherit; }
}
`;
