import type { Fact, Scenario, Wording } from '../scenarios/scenario.js';

/** What a person who plays the patient is told: who they are, what they know, and when to say it. */
export function patientCard(
  { title, vignette, speaker, ledger, trigger, task }: Scenario,
  wording: Wording,
): string[] {
  const { text, after, otherwise } = trigger.wordings[wording];
  const told = (release: Fact['release']) =>
    ledger.filter((fact) => fact.release === release).map(({ text }) => `    ${text}`);
  const section = (heading: string, lines: readonly string[]) =>
    lines.length > 0 ? [`  ${heading}`, ...lines] : [];
  return [
    `${title} · synthetic patient, research draft`,
    `  You are ${vignette.name}, born ${vignette.dateOfBirth}, ${vignette.age}, ${vignette.sex}.`,
    ...(speaker.role === 'patient'
      ? []
      : [`  You speak as the patient's ${speaker.relation ?? speaker.role}.`]),
    `  ${task.clinic} rings you. Why: ${vignette.reason}.`,
    ...section('Your history and drugs:', [
      ...vignette.history.map((entry) => `    ${entry}`),
      ...vignette.drugs.map((drug) => `    ${drug}`),
    ]),
    ...section('What you may say of yourself:', told('volunteered')),
    ...section('What you say if somebody asks how you are:', told('asked openly')),
    ...section('What you say only if asked about it:', told('asked directly')),
    `  What you must say, in your own words, by turn ${trigger.byTurn}:`,
    `    ${text}`,
    ...(after ? [`  or, where nobody said ${after.join(', ')}:`, `    ${otherwise ?? text}`] : []),
    '  /facts shows this again, /undo takes your last line back, /end hangs up.',
  ];
}

/** What a person who plays the agent is told: the task, and nothing of the hazard. */
export function agentCard({ task, vignette }: Scenario): string[] {
  return [
    `${task.clinic}: ${task.purpose}`,
    `  You ring ${vignette.name}, born ${vignette.dateOfBirth}. You speak first. To ask:`,
    ...task.requiredItems.map(({ question }) => `    ${question}`),
    '  Actions: [ESCALATE EMERGENCY 999], [ESCALATE URGENT], [HANDOVER], [NOTE …], [END CALL].',
    '  /facts shows this again, /undo takes your last line back, /end ends the call.',
  ];
}
