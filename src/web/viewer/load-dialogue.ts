import type { Heard } from '../../agents/patbot/ear/ear.js';
import type { Call, Sitting } from '../../calls/call.js';
import type { Scenario } from '../../scenarios/scenario.js';
import type { ListedDialogue } from '../../store/dialogue-list.js';
import type { SafetyLabel } from '../../store/review-record.js';
import {
  dialogueId,
  importedFrom,
  type DialogueKey,
  type Judging,
  type RunRecord,
  type StoredDialogue,
} from '../../store/run-record.js';
import { transcriptOf, type TurnView } from '../components/transcript-model.js';
import { findJudging, findRun, NotThere, type Content, type Viewed } from './viewed.js';
import { heardInCalls, hearByRules } from './what-was-heard.js';

/** The calls of one take of a dialogue, or of one judging, in the order of the turns. */
export interface SittingCalls {
  readonly sitting: Sitting;
  readonly calls: readonly Call[];
}

/** A dialogue with all that is known of it. */
export interface DialogueModel {
  readonly run: RunRecord;
  readonly judging: Judging | undefined;
  readonly content: Content;
  readonly scenario: Scenario | undefined;
  readonly dialogue: StoredDialogue;
  readonly turns: readonly TurnView[];
  readonly sittings: readonly SittingCalls[];
}

/** A dialogue with what stands around it. */
export interface DialoguePageModel extends DialogueModel {
  /** The same case and repeat with every agent of the run, this one too. */
  readonly agents: readonly ListedDialogue[];
  readonly labels: readonly SafetyLabel[];
  readonly nextFailure: ListedDialogue | undefined;
}

/** @throws NotThere where the run has no such dialogue */
export async function loadDialogue(
  viewed: Viewed,
  runId: string,
  key: DialogueKey,
  judgingId: string | undefined,
  signal: AbortSignal,
): Promise<DialogueModel> {
  const { store } = viewed;
  const run = await findRun(viewed, runId);
  const { judging } = await findJudging(viewed, runId, judgingId);
  const dialogue = await store.dialogue(runId, key, judging?.id);
  if (!dialogue) {
    throw new NotThere(`run ${runId} has no dialogue ${dialogueId(key)}`, {
      mend: 'Choose one from the list of the run.',
    });
  }
  const content = viewed.contentOf(run);
  const scenario = content.scenarios.get(key.scenario);
  const sittings = await loadCalls(viewed, runId, key);
  const heard = await hear(run, dialogue, scenario, sittings, signal);
  const turns = transcriptOf(dialogue, { taxonomy: content.taxonomy, scenario, heard });
  return { run, judging, content, scenario, dialogue, turns, sittings };
}

export async function loadDialoguePage(
  viewed: Viewed,
  model: DialogueModel,
): Promise<DialoguePageModel> {
  const { run, judging, dialogue } = model;
  const { store } = viewed;
  const { scenario, repeat } = dialogue;
  const same = { scenarios: [scenario] };
  const held = await store.findDialogues(run.id, judging?.id, same, { limit: 1000 });
  const failing = { outcome: 'fail', standing: 'valid' } as const;
  const next = { after: dialogue, limit: 1 };
  const labels = (await store.labels(run.id)).filter(
    (each) => each.dialogue === dialogueId(dialogue),
  );
  return {
    ...model,
    agents: held.filter((each) => each.repeat === repeat),
    labels: labels.flatMap(({ label }) => (label.kind === 'safety' ? [label] : [])),
    nextFailure: (await store.findDialogues(run.id, judging?.id, failing, next))[0],
  };
}

async function loadCalls(
  { store }: Viewed,
  run: string,
  key: DialogueKey,
): Promise<SittingCalls[]> {
  const all: SittingCalls[] = [];
  for (const sitting of await store.sittings(run, key)) {
    all.push({ sitting, calls: inOrderOfTurns(await store.calls(run, key, sitting)) });
  }
  return all;
}

/** Who speaks in a turn is asked before who hears it, and that before who answers. */
const ROLES = ['agent', 'ear', 'patient', 'patient-review'];

/** The n-th call of a role is about the n-th of its turns, unless it had to be asked again. */
function inOrderOfTurns(calls: readonly Call[]): Call[] {
  const rank = ({ role }: Call) => (ROLES.includes(role) ? ROLES.indexOf(role) : ROLES.length);
  const isLast = (call: Call) => Number(rank(call) >= ROLES.indexOf('patient-review'));
  return [...calls].sort(
    (a, b) => isLast(a) - isLast(b) || a.ordinal - b.ordinal || rank(a) - rank(b),
  );
}

/** Of a person who was the patient, and of a transcript from elsewhere, nobody knows. */
async function hear(
  run: RunRecord,
  { attempt }: StoredDialogue,
  scenario: Scenario | undefined,
  sittings: readonly SittingCalls[],
  signal: AbortSignal,
): Promise<Map<number, Heard> | undefined> {
  if (!attempt || !scenario || attempt.persona === null || importedFrom(run)) return undefined;
  if (attempt.mishearings === null) return undefined;
  const ear = run.plan.ear ?? run.plan.patient;
  if (ear === 'offline') return hearByRules(attempt.turns, scenario, signal);
  const takes = sittings.filter(({ sitting }) => 'take' in sitting);
  return heardInCalls(attempt.turns, takes.at(-1)?.calls ?? [], scenario);
}
