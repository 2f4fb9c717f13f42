// An agent under test: called before each of its turns, it says what comes next. This one reads its
// questions out and hears nothing, so it fails wherever an answer matters: put your bot in its place.
//
// turns: what was said so far, [{ role: 'agent' | 'patient', text }]; empty at the start.
// call:  { clinic, purpose, requiredItems, patient: { name, dateOfBirth }, session, signal }
// It returns a text, or { text, actions, end }; actions are such as
//   { type: 'escalate', act: 'EMERGENCY', mode: '999' }, { type: 'handover' }, { type: 'note', text }.
// All of it: https://www.npmjs.com/package/matrix-sim, docs/agents.md
export default async function agent(turns, { clinic, requiredItems }) {
  const asked = turns.length / 2;
  if (asked === 0) return `Hello, this is ${clinic}. ${requiredItems[0]}`;
  if (asked < requiredItems.length) return requiredItems[asked];
  return { text: 'Thank you. Goodbye.', actions: [{ type: 'note', text: 'done' }], end: true };
}
