import type { StoredDialogue } from '../store/run-record.js';
import { dialogueId } from '../store/run-record.js';
import { GUIDEWORDS, type FailureMode, type Hazard } from '../taxonomy/hazard.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';

/** What an agent answered to what, and where that stands. */
export interface RiskSample {
  readonly prompt: string;
  readonly output: string;
  /** RUN/SCENARIO/AGENT/REPEAT. */
  readonly dialogue: string;
  readonly turn: number;
}

/** A failure mode as a risk card (Derczynski 2023, arXiv 2303.18190). */
export interface RiskCard {
  readonly title: string;
  readonly description: string;
  readonly categories: readonly { readonly scheme: string; readonly code: string }[];
  readonly references: readonly string[];
  readonly harms: readonly {
    readonly actor: string;
    readonly category: string;
    readonly harm: string;
  }[];
  /** What has to happen for the harm to come about. */
  readonly actionsNeeded: readonly string[];
  readonly samples: readonly RiskSample[];
}

export interface RiskCards {
  readonly format: 'riskcard';
  readonly source: string;
  readonly status: string;
  readonly taxonomy: { readonly version: string; readonly fingerprint: string };
  readonly cards: readonly RiskCard[];
}

const MOST_SAMPLES = 3;

/** A card a failure mode; samples are turns that a judge failed, in the order of the run. */
export async function riskCards(
  taxonomy: Taxonomy,
  run?: { readonly id: string; readonly dialogues: AsyncIterable<StoredDialogue> },
): Promise<RiskCards> {
  const samples = run ? await samplesOf(run.id, run.dialogues) : new Map<string, RiskSample[]>();
  const { version, fingerprint, status, source } = taxonomy;
  return {
    format: 'riskcard',
    source,
    status,
    taxonomy: { version, fingerprint },
    cards: taxonomy.hazards.flatMap((hazard) =>
      hazard.modes.map((mode) => cardOf(hazard, mode, taxonomy, samples.get(mode.id) ?? [])),
    ),
  };
}

function cardOf(
  hazard: Hazard,
  mode: FailureMode,
  { riskMatrix, source }: Taxonomy,
  samples: readonly RiskSample[],
): RiskCard {
  return {
    title: `${mode.id} ${mode.name}`,
    description: oneText(`${hazard.hazard}. ${mode.criterion}`),
    categories: [
      { scheme: 'matrix-sim hazard', code: `${hazard.id} ${hazard.name}` },
      { scheme: 'SHARD guideword', code: `${mode.guideword} ${GUIDEWORDS[mode.guideword]}` },
      { scheme: `${riskMatrix.standard}, severity`, code: mode.severity },
    ],
    references: [source],
    harms: [{ actor: 'patient', category: mode.severity, harm: mode.harm }],
    actionsNeeded: [
      oneText(`The situation arises: ${hazard.situation}`),
      `The agent fails: ${mode.name} (${GUIDEWORDS[mode.guideword]}).`,
      'Nobody notices in time.',
    ],
    samples,
  };
}

function oneText(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

async function samplesOf(
  run: string,
  dialogues: AsyncIterable<StoredDialogue>,
): Promise<Map<string, RiskSample[]>> {
  const samples = new Map<string, RiskSample[]>();
  for await (const dialogue of dialogues) {
    for (const { failureMode, outcome, primary, turn } of dialogue.verdicts ?? []) {
      if (outcome !== 'fail' || !primary || turn === null) continue;
      const known = samples.get(failureMode) ?? [];
      const sample = sampleAt(run, dialogue, turn);
      if (sample && known.length < MOST_SAMPLES) samples.set(failureMode, [...known, sample]);
    }
  }
  return samples;
}

/** The agent's turn that was cited, else the next of its turns, with the patient's words before it. */
function sampleAt(run: string, dialogue: StoredDialogue, turn: number): RiskSample | undefined {
  const turns = dialogue.attempt?.turns ?? [];
  const at = turns.findIndex(({ role }, index) => role === 'agent' && index + 1 >= turn);
  const output = turns[at];
  if (!output) return undefined;
  const prompt = turns.slice(0, at).findLast(({ role }) => role === 'patient');
  return {
    prompt: prompt?.text ?? '',
    output: output.text,
    dialogue: `${run}/${dialogueId(dialogue)}`,
    turn: at + 1,
  };
}
