import { hashToKeep } from '../evidence/hashes-of-run.js';
import { DEFAULT_STORE } from '../plan/plan.js';
import { dialogueId } from '../store/run-record.js';
import type { RunSummary } from './summarise-run.js';
import { understandsText } from './understands-text.js';

/** As a command needs it: empty for the store that it takes by itself. */
export function storeFlag(store: string): string {
  return store === DEFAULT_STORE ? '' : ` --store ${store}`;
}

/** Who could decide what is open, with the command. */
export function whoDecides(
  { judging, run }: Pick<RunSummary, 'judging' | 'run'>,
  store = run.plan.store,
): string {
  const command = `npx matrix-sim judge run ${run.id}${storeFlag(store)} --judge openai:MODEL`;
  return understandsText(judging?.jurors ?? [])
    ? `Who can decide what is open: a person, or a stronger juror: ${command}`
    : `Who can decide what is open: a juror that understands text (${command}), or a person.`;
}

/** What to type next, and what the words mean. */
export function renderWayOn(summary: RunSummary, store = summary.run.plan.store): string[] {
  const { run, judging, failures } = summary;
  const where = storeFlag(store);
  const command = (words: string) => `npx matrix-sim ${words}${where}`;
  const keep = renderKeep(summary, command);
  if (!judging) return [`Next:      ${command(`judge run ${run.id}`)}`, ...keep];
  const [first] = failures;
  return [
    ...(first ? [`Look:      ${command(`show ${run.id}/${dialogueId(first.first)}`)}`] : []),
    ...(first ? [`Failures:  ${command(`report ${run.id} --failures`)}`] : []),
    ...(summary.agents.some(({ undetermined }) => undetermined !== 0)
      ? [`Open:      ${command(`report ${run.id} --failures --open`)}`]
      : []),
    `Rates:     ${command(`report ${run.id}`)}`,
    ...keep,
    'Words:     npx matrix-sim help terms',
  ];
}

/** The hash, in the command that holds the run against it: only kept elsewhere is it evidence. */
function renderKeep(
  { run, judging, hashes }: RunSummary,
  command: (words: string) => string,
): string[] {
  if (!hashes) return [];
  return [`Keep:      ${command(`verify ${run.id} --expect ${hashToKeep(hashes, judging?.id)}`)}`];
}

/** Dialogues of which something is neither failed nor cleared. */
export function openIn({ agents }: Pick<RunSummary, 'agents'>): number {
  return agents.reduce(
    (sum, { any: { tally } }) => sum + tally.undetermined + tally['needs-review'],
    0,
  );
}
