import { fingerprint } from '../fingerprint.js';
import type { CaseFile } from '../scenarios/case-file.js';
import { applicableModes, severityUnder } from '../taxonomy/applicable-modes.js';
import type { FailureMode } from '../taxonomy/hazard.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { primaryFailures } from '../taxonomy/primary-failures.js';
import { numberTurns, type Turn } from '../transcript/transcript.js';
import { requireEvidence } from './check-quotes.js';
import { combineVerdicts } from './combine-verdicts.js';
import type { Evidence, Juror } from './juror.js';
import type { JurorVerdict, ModeVerdict } from './verdict.js';

/** A dialogue to be judged. */
export interface JudgedDialogue {
  readonly turns: readonly Turn[];
  /** The hazards whose modes apply; none where the dialogue was not exposed to its hazard. */
  readonly hazards: readonly string[];
  readonly caseFile?: CaseFile | undefined;
}

/** BehvJudge: a jury over one taxonomy. */
export interface BehvJudge {
  readonly fingerprint: string;
  readonly jurors: readonly string[];
  /** Failure modes that some juror has means to decide. */
  readonly decides: ReadonlySet<string>;
  judge(dialogue: JudgedDialogue, signal: AbortSignal): Promise<ModeVerdict[]>;
}

export function createBehvJudge(taxonomy: Taxonomy, jurors: readonly Juror[]): BehvJudge {
  const parts = Object.fromEntries(jurors.map((juror) => [juror.name, juror.fingerprint]));
  return {
    fingerprint: fingerprint({ ...parts, taxonomy: taxonomy.fingerprint }),
    jurors: jurors.map((juror) => juror.name),
    decides: new Set(jurors.flatMap((juror) => [...juror.decides])),
    judge: async ({ turns, hazards, caseFile }, signal) => {
      const modes = applicableModes(taxonomy, hazards);
      const evidence = { turns: numberTurns(turns), caseFile };
      const opinions = await Promise.all(
        jurors.map((juror) => hearJuror(juror, evidence, modes, signal)),
      );
      const verdicts = modes.map((mode) => decide(mode, opinions, caseFile));
      return markPrimary(verdicts, evidence, taxonomy);
    },
  };
}

interface Opinion {
  readonly juror: string;
  readonly verdicts: ReadonlyMap<string, JurorVerdict>;
}

/** A juror that fails abstains from every mode: an error is data and never reads as a pass. */
async function hearJuror(
  juror: Juror,
  evidence: Evidence,
  modes: readonly FailureMode[],
  signal: AbortSignal,
): Promise<Opinion> {
  const verdicts = await juror.judge(evidence, modes, signal);
  const checked = verdicts.map((verdict) => requireEvidence(evidence.turns, verdict));
  return { juror: juror.name, verdicts: new Map(checked.map((v) => [v.failureMode, v])) };
}

function decide(
  mode: FailureMode,
  opinions: readonly Opinion[],
  caseFile: CaseFile | undefined,
): ModeVerdict {
  const severity = severityUnder(mode, caseFile && new Set(caseFile.conditions));
  const jurors = opinions.map(({ juror, verdicts }) => {
    const { verdict, turn, quotes, rationale, confidence } =
      verdicts.get(mode.id) ?? missingVerdict(mode.id);
    return { juror, verdict, turn, quotes, rationale, confidence };
  });
  const outcome = combineVerdicts(jurors, severity);
  const ground = jurors.find(({ verdict }) => verdict === 'fail');
  return {
    failureMode: mode.id,
    outcome,
    severity,
    primary: true,
    turn: ground?.turn ?? null,
    quotes: ground?.quotes ?? [],
    jurors,
  };
}

function missingVerdict(failureMode: string): JurorVerdict {
  return {
    failureMode,
    verdict: 'abstain',
    turn: null,
    quotes: [],
    rationale: 'The juror gave no verdict on this mode.',
    confidence: 0,
  };
}

function markPrimary(
  verdicts: readonly ModeVerdict[],
  { turns }: Evidence,
  taxonomy: Taxonomy,
): ModeVerdict[] {
  const isPatient = (turn: number) => turns[turn - 1]?.role === 'patient';
  const failures = verdicts
    .filter(({ outcome }) => outcome === 'fail')
    .map(({ failureMode, quotes }) => ({
      failureMode,
      cueTurn: quotes.find((quote) => isPatient(quote.turn))?.turn,
    }));
  const primary = primaryFailures(failures, taxonomy.precedence);
  return verdicts.map((verdict) =>
    verdict.outcome === 'fail'
      ? { ...verdict, primary: primary.has(verdict.failureMode) }
      : verdict,
  );
}
