/** The look of a form; every pair of colours has a contrast of at least 4.5 to 1 in both schemes. */
export const FORM_STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1a1a1a; --soft: #f1f3f5; --quiet: #4a5259;
  --line: #767e86; --accent: #0b5394; --on-accent: #fff; --alarm: #a3120a; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #16191c; --ink: #eceff1; --soft: #23282d; --quiet: #bcc4cb; --line: #8b949c;
    --accent: #8ec5ff; --on-accent: #10202f; --alarm: #ff9d92; }
}
* { box-sizing: border-box; }
[hidden] { display: none; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { position: static; display: inline-block; padding: .5rem; }
.page { max-width: 100rem; margin: 0 auto; padding: 1rem; }
h1, h2, h3 { line-height: 1.25; }
h2, h3 { scroll-margin-top: 1rem; }
.draft { color: var(--quiet); }
.bar { display: flex; flex-wrap: wrap; gap: .75rem 1.5rem; align-items: center; padding: .75rem;
  margin: 1rem 0; background: var(--soft); }
.bar p { margin: 0; }
progress { width: 12rem; accent-color: var(--accent); }
.warning { color: var(--alarm); font-weight: bold; }
button, .bar input, select, textarea, input { font: inherit; color: inherit; }
button { min-height: 2.5rem; padding: .25rem 1rem; background: var(--paper); color: var(--accent);
  border: 2px solid var(--accent); border-radius: .25rem; cursor: pointer; }
button.main { background: var(--accent); color: var(--on-accent); }
select, textarea, input[type=file] { background: var(--paper); border: 1px solid var(--line); padding: .4rem;
  max-width: 100%; }
select, textarea { width: 100%; }
fieldset { border: 1px solid var(--line); margin: 1rem 0; padding: .5rem 1rem 1rem; min-width: 0; }
legend { font-weight: bold; padding: 0 .25rem; }
label { display: block; margin: .5rem 0; }
.choice { display: inline-flex; align-items: center; gap: .4rem; min-height: 2rem; margin: 0 1.5rem 0 0; }
.choice input { width: 1.25rem; height: 1.25rem; accent-color: var(--accent); }
details { margin: 1rem 0; border: 1px solid var(--line); padding: .5rem 1rem; }
summary { cursor: pointer; font-weight: bold; min-height: 1.5rem; }
nav ol { columns: 11rem; padding: 0; list-style: none; }
nav li { padding: .25rem 0; break-inside: avoid; }
nav a[aria-current] { font-weight: bold; }
.state { color: var(--quiet); }
.state[data-state=done]::before { content: "\\2713\\a0"; }
.turns { list-style: none; padding: 0; }
.turn { padding: .5rem .75rem; margin: .5rem 0; border-left: 4px solid var(--line); }
.turn[data-role=agent] { background: var(--soft); border-color: var(--accent); }
.words { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
.who, .beside, .criterion { margin: 0; color: var(--quiet); overflow-wrap: anywhere; }
.who { font-weight: bold; }
.around { display: flex; flex-wrap: wrap; gap: 1.5rem; }
dd { margin: 0 0 .75rem 1.5rem; }
@media (min-width: 64rem) {
  .columns { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 2rem; align-items: start; }
  .columns form { position: sticky; top: 0; max-height: 100vh; overflow-y: auto; padding: 0 .5rem; }
}
@media print {
  .bar, nav, .skip, button, .around { display: none; }
  .item[hidden] { display: block; }
  .item { break-before: page; }
  .turn { break-inside: avoid; }
  .columns { display: block; }
  .columns form { position: static; max-height: none; overflow: visible; }
}
`;
