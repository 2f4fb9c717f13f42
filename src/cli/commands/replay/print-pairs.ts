import { partingTurn } from '../../../report/parting-turn.js';
import { renderPair, type NamedDialogue } from '../../../report/render-pair.js';
import { sourceOf } from '../../../replay/cast-again.js';
import type { RanPlan } from '../../../runs/run-plan.js';
import type { Mishearing } from '../../../agents/patbot/director/disclosure.js';
import {
  dialogueId,
  type DialogueKey,
  type Source,
  type StoredDialogue,
} from '../../../store/run-record.js';
import type { RunStore } from '../../../store/run-store.js';
import { loadTaxonomy } from '../../../taxonomy/load-taxonomy.js';
import { columns, print, printJson } from '../../output.js';

/** A dialogue of a replay run, with the one that it replays. */
interface Pair {
  readonly before: NamedDialogue;
  readonly now: NamedDialogue;
  /** Recorded patient turns that no longer answer what is asked, or of which nobody can tell. */
  readonly marks: readonly Mishearing[];
}

/**
 * Prints each new dialogue beside the one that it replays.
 * @returns whether all were held and, where there is a jury, judged
 */
export async function printPairs(
  store: RunStore,
  { run, judging }: RanPlan,
  json: boolean,
): Promise<boolean> {
  const { source } = run;
  if (!source) return true;
  const pairs: Pair[] = [];
  for await (const dialogue of store.dialogues(run.id, judging?.id)) {
    const before = await named(store, source.run, sourceOf(source, dialogue).of);
    if (!before) continue;
    pairs.push({ before, now: { run: run.id, dialogue }, marks: marksIn(source, dialogue) });
  }
  const isWhole =
    pairs.length === run.planned &&
    pairs.every(({ now }) => isDone(now.dialogue, judging !== undefined));
  if (json) {
    printJson({ run: run.id, source, dialogues: pairs.map(toJson) });
    return isWhole;
  }
  const taxonomy = loadTaxonomy(run.plan.taxonomy);
  for (const { before, now, marks } of pairs) {
    print([...renderPair(before, now, { taxonomy, columns: columns(), marks }), '']);
  }
  print([
    `${pairs.length} of ${run.planned} dialogues replayed from run ${source.run} as run ${run.id} (${source.mode}).`,
    `Again exactly:  npx matrix-sim replay run ${run.id}`,
  ]);
  return isWhole;
}

function isDone({ attempt, verdicts }: StoredDialogue, isJudged: boolean): boolean {
  if (!attempt || attempt.standing === 'incomplete') return false;
  return !isJudged || attempt.standing === 'invalid' || verdicts !== undefined;
}

async function named(
  store: RunStore,
  run: string,
  key: DialogueKey,
): Promise<NamedDialogue | undefined> {
  const dialogue = await store.dialogue(run, key);
  return dialogue && { run, dialogue };
}

function marksIn({ mode }: Source, { attempt }: StoredDialogue): readonly Mishearing[] {
  return mode === 'scripted' ? (attempt?.mishearings ?? []) : [];
}

function toJson({ before, now, marks }: Pair) {
  const turnsOf = ({ dialogue }: NamedDialogue) => dialogue.attempt?.turns ?? [];
  return {
    partsInTurn: partingTurn(turnsOf(before), turnsOf(now)) ?? null,
    unfitFromTurn: marks.find(({ outcome }) => outcome === 'not-answered')?.turn ?? null,
    before: { run: before.run, id: dialogueId(before.dialogue), ...before.dialogue },
    now: { run: now.run, id: dialogueId(now.dialogue), ...now.dialogue },
  };
}
