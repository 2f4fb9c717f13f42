/**
 * The look of every page. Each pair of colours has a contrast of at least 4.5 to 1 in both schemes; no
 * colour says anything that the words beside it do not.
 */
export const WEB_STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1a1a1a; --soft: #f1f3f5; --quiet: #4a5259;
  --line: #767e86; --accent: #0b5394; --on-accent: #fff; --bad: #a3120a; --open: #7a4a00; --good: #1d6b35;
  --mark: #ffe9a8; --agent: #eaf2fa; --patient: #f7f3ea; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #16191c; --ink: #eceff1; --soft: #23282d; --quiet: #bcc4cb; --line: #8b949c;
    --accent: #8ec5ff; --on-accent: #10202f; --bad: #ff9d92; --open: #f4c36b; --good: #86d6a0;
    --mark: #5c4a10; --agent: #1d2a36; --patient: #2a2720; }
}
* { box-sizing: border-box; }
[hidden] { display: none; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { position: static; display: inline-block; padding: .5rem; }
.page { max-width: 100rem; margin: 0 auto; padding: 0 1rem 2rem; }
h1, h2, h3, h4 { line-height: 1.25; overflow-wrap: anywhere; }
h2, h3, h4, .turn, .verdict { scroll-margin-top: 1rem; }
.path ol, .plain { list-style: none; padding: 0; }
.path ol { display: flex; flex-wrap: wrap; gap: 0 .75rem; margin: .5rem 0; }
.path li + li::before { content: "/"; margin-right: .75rem; color: var(--quiet); }
.path li, dd, dt, li { overflow-wrap: anywhere; }
td, th { overflow-wrap: break-word; }
.quiet { color: var(--quiet); }
.lead { font-size: 1.25rem; }
.warning { border-left: 4px solid var(--bad); padding: .25rem .75rem; background: var(--soft); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; }
caption { text-align: left; font-weight: bold; padding: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); }
.number { text-align: right; font-variant-numeric: tabular-nums; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .25rem 0; font: .875rem/1.45 ui-monospace, monospace; }
button, select, textarea, input { font: inherit; color: inherit; }
button { min-height: 2.5rem; padding: .25rem 1rem; background: var(--paper); color: var(--accent);
  border: 2px solid var(--accent); border-radius: .25rem; cursor: pointer; }
button.main { background: var(--accent); color: var(--on-accent); }
button.grave { border-color: var(--bad); color: var(--bad); }
select, textarea, input:not([type=radio], [type=checkbox]) { background: var(--paper);
  border: 1px solid var(--line); padding: .4rem; max-width: 100%; }
textarea { width: 100%; }
label { display: block; }
form:not(.row) :is(select, input:not([type=radio], [type=checkbox])) { display: block; width: 100%; }
fieldset { border: 1px solid var(--line); margin: 1rem 0; padding: .5rem 1rem 1rem; min-width: 0; }
legend { font-weight: bold; padding: 0 .25rem; }
details { margin: .5rem 0; border: 1px solid var(--line); padding: .35rem .75rem; }
summary { cursor: pointer; font-weight: bold; min-height: 1.5rem; overflow-wrap: anywhere; }
.row { display: flex; flex-wrap: wrap; gap: .75rem 1.25rem; align-items: end; margin: .75rem 0; }
progress { width: 100%; max-width: 30rem; accent-color: var(--accent); }
.badge { display: inline-block; padding: 0 .45rem; border: 1px solid currentColor; border-radius: .75rem;
  font-size: .875rem; white-space: nowrap; color: var(--quiet); }
.badge[data-kind=bad] { color: var(--bad); font-weight: bold; }
.badge[data-kind=open] { color: var(--open); }
.badge[data-kind=good] { color: var(--good); }
.turns { list-style: none; padding: 0; margin: 0; }
.turn { display: grid; grid-template-columns: minmax(0, 1fr); gap: .25rem 1rem; padding: .5rem .75rem; margin: .5rem 0;
  border-left: 4px solid var(--line); background: var(--patient); }
.turn[data-role=agent] { background: var(--agent); border-color: var(--accent); }
.turn:target, .verdict:target { outline: 3px solid var(--accent); }
.words { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
.who, .beside { margin: 0; color: var(--quiet); overflow-wrap: anywhere; }
.who { font-weight: bold; }
.margin { list-style: none; margin: 0; padding: 0; font-size: .875rem; color: var(--quiet); }
.shows { margin: .25rem 0 0; color: var(--bad); font-size: .9rem; }
.shows a { color: inherit; }
mark { background: var(--mark); color: inherit; text-decoration: underline 2px; text-underline-offset: 3px; }
.verdict { border-top: 1px solid var(--line); padding: .25rem 0 .5rem; }
.verdict h3, .verdict h4 { margin: .5rem 0; }
.juror { margin: .35rem 0 .35rem 1rem; }
blockquote { margin: .35rem 0 .35rem 1rem; padding-left: .75rem; border-left: 3px solid var(--line);
  overflow-wrap: anywhere; unicode-bidi: isolate; }
.halves { display: grid; gap: 2rem; align-items: start; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 64rem) {
  .halves { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); }
  .halves.even { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
  .halves:not(.even) .turn:has(.margin) { grid-template-columns: minmax(0, 1fr) 14rem; }
}
@media print {
  .skip, .path, button, .row { display: none; }
  .turn, .verdict { break-inside: avoid; }
  .halves { display: block; }
}
`;
