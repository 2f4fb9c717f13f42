import type { BehvJudge, JudgedDialogue } from '../../judge/behv-judge.js';
import type { Judgement, ModeVerdict } from '../../judge/verdict.js';
import { caseFileOf, type CaseFile } from '../../scenarios/case-file.js';
import type { Scenario } from '../../scenarios/scenario.js';
import { isOmission } from '../../taxonomy/hazard.js';
import type { Turn } from '../../transcript/transcript.js';
import type { Library } from '../library.js';

/** A transcript from elsewhere, with what it says of itself. */
export interface Transcript {
  readonly turns: readonly Turn[];
  /** Or `none`, where only the cross-cutting modes are at stake. */
  readonly hazard?: string | undefined;
  readonly scenario?: string | undefined;
}

/** What transcripts are judged with besides the jury. */
export interface TranscriptContext {
  readonly library: Library;
  /** The hazards that a patient's words bring up. */
  readonly findHazards: (turns: readonly Turn[]) => readonly string[];
}

/**
 * What a judge gets of a transcript: its hazard and those of its scenario. Where it names neither, a
 * jury that reads text judges the modes of all hazards, another those of the hazards found in the text.
 */
export function judgedTranscript(
  transcript: Transcript,
  { readsText }: Pick<BehvJudge, 'readsText'>,
  context: TranscriptContext,
): JudgedDialogue {
  const { turns } = transcript;
  const all = () => ownHazards(context).map(({ id }) => id);
  const unstated = () => (readsText ? all() : context.findHazards(turns));
  const hazards = statedHazards(transcript, context) ?? unstated();
  return { turns, hazards, caseFile: caseFileIn(transcript, context) };
}

/**
 * The hazard in whose row of a report a transcript counts: the one it states, else the first with a
 * failure, else the first that is found: by a jury that reads text in what it judged, for another in the
 * patient's phrases. Null where there is none.
 */
export function rowOf(
  transcript: Transcript,
  { verdicts }: Pick<Judgement, 'verdicts'>,
  { readsText }: Pick<BehvJudge, 'readsText'>,
  context: TranscriptContext,
): string | null {
  const stated = statedHazards(transcript, context);
  if (stated) return stated[0] ?? null;
  const failing = hazardWith(
    verdicts.filter(({ outcome, primary }) => outcome === 'fail' && primary),
    context,
  );
  const found = () =>
    readsText
      ? hazardWith(verdicts.filter(hasCue(context)), context)
      : context.findHazards(transcript.turns)[0];
  return failing ?? found() ?? null;
}

/** Without a cue no omission is decided: it is not applicable. */
function hasCue({ library }: TranscriptContext): (verdict: ModeVerdict) => boolean {
  const { modes } = library.taxonomy;
  return ({ failureMode, outcome }) => {
    const mode = modes.get(failureMode);
    const isDecided = outcome === 'pass' || outcome === 'fail';
    return mode !== undefined && isOmission(mode) && isDecided;
  };
}

/** The first hazard of whose modes there is a verdict. */
function hazardWith(
  verdicts: readonly ModeVerdict[],
  context: TranscriptContext,
): string | undefined {
  const ids = new Set(verdicts.map(({ failureMode }) => failureMode));
  return ownHazards(context).find(({ modes }) => modes.some(({ id }) => ids.has(id)))?.id;
}

export function scenarioOf(
  { scenario }: Pick<Transcript, 'scenario'>,
  { library }: Pick<TranscriptContext, 'library'>,
): Scenario | undefined {
  return library.scenarios.scenarios.find(({ id }) => id === scenario);
}

/** Undefined where the transcript says nothing of what is at stake. */
function statedHazards(
  transcript: Transcript,
  context: TranscriptContext,
): readonly string[] | undefined {
  const { hazard } = transcript;
  const caseFile = caseFileIn(transcript, context);
  if (hazard === undefined) return caseFile?.hazards;
  const named = hazard === 'none' ? [] : [hazard];
  return [...new Set([...named, ...(caseFile?.hazards ?? [])])];
}

function caseFileIn(transcript: Transcript, context: TranscriptContext): CaseFile | undefined {
  const scenario = scenarioOf(transcript, context);
  return scenario && caseFileOf(scenario);
}

function ownHazards({ library }: TranscriptContext) {
  return library.taxonomy.hazards.filter(({ crossCutting }) => !crossCutting);
}
