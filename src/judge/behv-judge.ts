import { fingerprint } from '../fingerprint.js';
import type { CaseFile } from '../scenarios/case-file.js';
import { applicableModes, severityUnder } from '../taxonomy/applicable-modes.js';
import type { FailureMode } from '../taxonomy/hazard.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { primaryFailures } from '../taxonomy/primary-failures.js';
import type { Turn } from '../transcript/transcript.js';
import { requireEvidence } from './check-quotes.js';
import { combineVerdicts, type JuryRule } from './combine-verdicts.js';
import { listDuties } from './clock/list-duties.js';
import { evidenceOf, type Evidence, type Hearing, type Juror, type Opinion } from './juror.js';
import { loadRecognition } from './reading/recognition.js';
import { createTurnReader } from './reading/turn-reader.js';
import type { PolicyView } from './policy/policy-view.js';
import { hearingOn, modesForSecond, secondFingerprint } from './second-opinion.js';
import { settleAll } from './settle-all.js';
import type { Judgement, JurorVerdict, ModeVerdict } from './verdict.js';

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
  /** Whether some juror understands words that it was not given beforehand. */
  readonly readsText: boolean;
  /** The juror that is heard only where the others leave a verdict open; null where there is none. */
  readonly second: string | null;
  /** Name of the site's policy that it reads beside; null where it has none. */
  readonly policy: string | null;
  judge(dialogue: JudgedDialogue, hearing: Hearing): Promise<Judgement>;
}

export interface JuryOptions {
  readonly rule?: JuryRule;
  /** Weights of jurors by name, 1 where none is given; for the rule `weighted`. */
  readonly weights?: Readonly<Record<string, number>>;
  /** Heard only where the others fail, abstain or are unsure; there its vote decides. */
  readonly second?: Juror | undefined;
  /** A site's own rules, read apart from the verdicts. */
  readonly policy?: PolicyView | undefined;
}

export function createBehvJudge(
  taxonomy: Taxonomy,
  jurors: readonly Juror[],
  options: JuryOptions = {},
): BehvJudge {
  const { second, policy } = options;
  const read = createTurnReader(loadRecognition(taxonomy));
  const all = second ? [...jurors, second] : jurors;
  return {
    fingerprint: juryFingerprint(taxonomy, jurors, options),
    jurors: all.map((juror) => juror.name),
    decides: new Set(all.flatMap((juror) => [...juror.decides])),
    second: second?.name ?? null,
    policy: options.policy?.name ?? null,
    readsText: all.some(({ family, decides }) => family !== undefined && decides.size > 0),
    judge: async ({ turns, hazards, caseFile }, hearing) => {
      const modes = applicableModes(taxonomy, hazards);
      const evidence = evidenceOf(turns, caseFile, read);
      const [policyRead, firsts] = await settleAll([
        readPolicy(policy, evidence, hearing),
        settleAll(jurors.map((juror) => hearJuror(juror, evidence, modes, hearing))),
      ]);
      const seconds = second
        ? await hearSecond(second, jurors, firsts, evidence, modes, hearing)
        : [];
      const verdicts = modes.map((mode) => decide(mode, firsts, seconds, evidence, options));
      return {
        verdicts: markPrimary(verdicts, evidence, taxonomy),
        ...gather([...firsts, ...seconds]),
        duties: listDuties(evidence.clock, modes),
        breaches: policyRead.breaches,
        failures: failuresOf([...firsts, ...seconds, policyRead]),
      };
    },
  };
}

function juryFingerprint(
  taxonomy: Taxonomy,
  jurors: readonly Juror[],
  { rule = 'majority-with-review', weights = {}, second, policy }: JuryOptions,
): string {
  return fingerprint({
    ...Object.fromEntries(jurors.map((juror) => [juror.name, juror.fingerprint])),
    taxonomy: taxonomy.fingerprint,
    // Left out for a plain jury, so that a lone juror keeps its fingerprint under any rule's default.
    ...(rule === 'majority-with-review' ? {} : { rule, weights: JSON.stringify(weights) }),
    ...(second ? { second: secondFingerprint(second) } : {}),
    ...(policy ? { policy: policy.fingerprint } : {}),
  });
}

/** One juror's opinion, its failures without evidence turned into abstentions. */
async function hearJuror(
  juror: Juror,
  evidence: Evidence,
  modes: readonly FailureMode[],
  hearing: Hearing,
): Promise<HeardOpinion> {
  const opinion = await juror.judge(evidence, modes, hearing);
  const verdicts = opinion.verdicts.map((verdict) => requireEvidence(evidence.turns, verdict));
  return { juror: juror.name, ...opinion, verdicts };
}

interface HeardOpinion extends Opinion {
  readonly juror: string;
}

async function hearSecond(
  second: Juror,
  jurors: readonly Juror[],
  firsts: readonly HeardOpinion[],
  evidence: Evidence,
  modes: readonly FailureMode[],
  hearing: Hearing,
): Promise<HeardOpinion[]> {
  // A juror that can decide nothing leaves all open: what it raises is for a person, not for a second.
  const deciders = new Set(
    jurors.filter(({ decides }) => decides.size > 0).map(({ name }) => name),
  );
  const open = modesForSecond(
    modes,
    firsts.filter(({ juror }) => deciders.has(juror)),
  );
  if (open.length === 0) return [];
  return [await hearJuror(second, evidence, open, hearingOn(open, hearing))];
}

/** What breaks the site's rules: null where there are none, or no usable answer came. */
async function readPolicy(
  policy: PolicyView | undefined,
  evidence: Evidence,
  hearing: Hearing,
): Promise<Pick<Judgement, 'breaches'> & HeardFailure> {
  if (!policy) return { juror: '', breaches: null };
  const { breaches, failed } = await policy.read(evidence, hearing);
  return {
    juror: policy.name,
    breaches: breaches?.map((breach) => ({ juror: policy.name, ...breach })) ?? null,
    failed,
  };
}

interface HeardFailure {
  readonly juror: string;
  readonly failed?: string | undefined;
}

function failuresOf(heard: readonly HeardFailure[]): Judgement['failures'] {
  return heard.flatMap(({ juror, failed }) =>
    failed === undefined ? [] : [{ juror, why: failed }],
  );
}

function decide(
  mode: FailureMode,
  firsts: readonly HeardOpinion[],
  seconds: readonly HeardOpinion[],
  { clock }: Evidence,
  { rule, weights = {} }: JuryOptions,
): ModeVerdict {
  const severity = severityUnder(mode, clock.hasCase ? clock.mayHold : undefined);
  const first = firsts.map((opinion) => saidOf(mode, opinion));
  const second = seconds
    .filter(({ verdicts }) => verdicts.some(({ failureMode }) => failureMode === mode.id))
    .map((opinion) => saidOf(mode, opinion));
  const deciding = second.some(({ verdict }) => verdict !== 'abstain') ? second : first;
  const raised = first.filter(({ verdict }) => verdict === 'needs-review');
  const votes = [...new Set([...deciding, ...raised])].map(({ juror, verdict }) => ({
    verdict,
    weight: weights[juror] ?? 1,
  }));
  const outcome = combineVerdicts(votes, severity, rule);
  const ground = deciding.find(({ verdict }) => verdict === 'fail') ?? raised[0];
  return {
    failureMode: mode.id,
    outcome,
    severity,
    primary: true,
    turn: isFound(outcome) ? (ground?.turn ?? null) : null,
    quotes: isFound(outcome) ? (ground?.quotes ?? []) : [],
    jurors: [...first, ...second],
  };
}

function isFound(outcome: ModeVerdict['outcome']): boolean {
  return outcome === 'fail' || outcome === 'needs-review';
}

function saidOf(mode: FailureMode, { juror, verdicts }: HeardOpinion) {
  const said = verdicts.find(({ failureMode }) => failureMode === mode.id);
  const { verdict, turn, quotes, rationale, confidence, withheld, unrecorded } =
    said ?? missingVerdict(mode.id);
  return {
    ...{ juror, verdict, turn, quotes, rationale, confidence },
    ...(withheld && { withheld }),
    ...(unrecorded && { unrecorded }),
  };
}

/** What jurors say beside the modes, each with its name. */
function gather(opinions: readonly HeardOpinion[]): Pick<Judgement, 'appropriateness' | 'others'> {
  return {
    appropriateness: opinions.flatMap(({ juror, appropriateness }) =>
      appropriateness == null ? [] : [{ juror, score: appropriateness }],
    ),
    others: opinions.flatMap(({ juror, others = [] }) =>
      others.map((each) => ({ juror, ...each })),
    ),
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
    .map(({ failureMode, turn, quotes }) => ({
      failureMode,
      turn: turn ?? undefined,
      cueTurn: quotes.find((quote) => isPatient(quote.turn))?.turn,
    }));
  const primary = primaryFailures(failures, taxonomy);
  return verdicts.map((verdict) =>
    verdict.outcome === 'fail'
      ? { ...verdict, primary: primary.has(verdict.failureMode) }
      : verdict,
  );
}
