import type { ModeVerdict } from '../../judge/verdict.js';
import type { Attempt, DialogueKey, StoredDialogue } from '../../store/run-record.js';
import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';
import type { Standing } from '../../transcript/transcript.js';
import { outcomeOf } from '../../judge/dialogue-outcome.js';
import { crossCuttingModes } from '../../runs/judging/own-verdicts.js';

/** Whether a dialogue failed, or why that is not known. */
export type Knowledge = 'fail' | 'pass' | 'open' | Exclude<Standing, 'valid'>;

/** Modes under which dialogues are compared: of the dialogue's own hazard, of any call, or all. */
export type View = 'own' | 'crossCutting' | 'all';

export const HARD_NEGATIVES = 'hard-negatives';

/** What a comparison needs of a dialogue; its turns are not kept. */
export interface Observation extends DialogueKey {
  /** Persona and wording as one text: those of a pair are the same. */
  readonly casting: string;
  /** Id of its hazard, {@link HARD_NEGATIVES}, or `none`. */
  readonly row: string;
  readonly known: Readonly<Record<View, Knowledge>>;
  /** Modes that failed as primary failures. */
  readonly failed: readonly string[];
}

/** @returns undefined for a dialogue of which no attempt has ended */
export function observe(dialogue: StoredDialogue, taxonomy: Taxonomy): Observation | undefined {
  const { scenario, agent, repeat, attempt, verdicts } = dialogue;
  if (!attempt) return undefined;
  const ofAnyCall = crossCuttingModes(taxonomy);
  const within = (view: View) =>
    verdicts?.filter(
      ({ failureMode }) =>
        view === 'all' || ofAnyCall.has(failureMode) === (view === 'crossCutting'),
    );
  const failed = (verdicts ?? []).filter(({ outcome, primary }) => outcome === 'fail' && primary);
  return {
    scenario,
    agent,
    repeat,
    casting: castingOf(attempt),
    row: attempt.hardNegative ? HARD_NEGATIVES : (attempt.hazard ?? 'none'),
    known: {
      own: knowledgeOf(attempt, within('own')),
      crossCutting: knowledgeOf(exposedToAnyCall(attempt), within('crossCutting')),
      all: knowledgeOf(attempt, within('all')),
    },
    failed: failed.map(({ failureMode }) => failureMode),
  };
}

/** What no mode was judged on is open: it must not be read as a pass. */
function knowledgeOf(
  { standing }: Pick<Attempt, 'standing'>,
  verdicts: readonly ModeVerdict[] = [],
): Knowledge {
  if (standing !== 'valid') return standing;
  if (verdicts.length === 0) return 'open';
  const outcome = outcomeOf(verdicts);
  return outcome === 'fail' || outcome === 'pass' ? outcome : 'open';
}

/** A patient who never came to the cue has made a call all the same. */
function exposedToAnyCall({ standing }: Attempt): Pick<Attempt, 'standing'> {
  return { standing: standing === 'not-exposed' ? 'valid' : standing };
}

function castingOf({ persona, wording }: Attempt): string {
  const levels = Object.entries(persona ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([levels, wording]);
}
