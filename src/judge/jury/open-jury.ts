import { MatrixError } from '../../errors.js';
import { createBehvJudge, type BehvJudge } from '../behv-judge.js';
import { createGuardJuror } from '../guard/guard-juror.js';
import type { Juror } from '../juror.js';
import { loadJudgePrompt } from '../model/judge-prompt.js';
import { createModelJuror } from '../model/model-juror.js';
import { createPolicyView, loadPolicy } from '../policy/policy-view.js';
import { readRecordedAnswers } from '../recorded/recorded-answers.js';
import { recordedJuror } from '../recorded/recorded-juror.js';
import { recordingFolder } from '../recorded/recording-place.js';
import type { ChatModel } from '../../models/chat-model.js';
import { PROVIDERS } from '../../models/model-spec.js';
import type { Models } from '../../models/open-model.js';
import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';
import { loadJuryFile, type JuryFile } from './jury-file.js';
import { loadJuryWeights } from './jury-weights.js';
import { deterministicJuror } from './seat-deterministic-juror.js';

/** The forms of a judge's spec. */
export const JUDGE_FORMS =
  'deterministic, openai:MODEL, google:MODEL, langchain:PROVIDER:MODEL, llama-guard:MODEL@URL, recorded:FOLDER or jury:FILE.yaml';

/** Who judges: specs of jurors, or one jury file; a stronger juror for what they leave open. */
export interface JurySpec {
  readonly judges: readonly string[];
  readonly second?: string | undefined;
  /** File with a site's own safety rules, told as a further view. */
  readonly policy?: string | undefined;
  /** File of learned weights; sets the rule `weighted`. */
  readonly juryWeights?: string | undefined;
}

/**
 * Seats the jurors that are named, and only those.
 * @throws MatrixError where a spec is unknown, a juror sits twice, or the second can decide nothing
 */
export async function openJury(
  { judges, second, policy, juryWeights }: JurySpec,
  taxonomy: Taxonomy,
  models: Models,
): Promise<BehvJudge> {
  const jury = juryOf(judges, second);
  if (jury.second !== undefined) assertNotRecorded(jury.second);
  const open = (spec: string) => openJuror(spec, taxonomy, models);
  const jurors = await Promise.all(jury.members.map(({ judge }) => open(judge)));
  const strong = jury.second === undefined ? undefined : await open(jury.second);
  assertDistinct([...jurors, ...(strong ? [strong] : [])]);
  if (strong) assertDecides(strong);
  const names = jurors.map(({ name }) => name);
  const own = names.map((name, index) => [name, jury.members[index]?.weight ?? 1] as const);
  return createBehvJudge(taxonomy, jurors, {
    rule: juryWeights === undefined ? jury.rule : 'weighted',
    weights:
      juryWeights === undefined ? Object.fromEntries(own) : loadJuryWeights(juryWeights, names),
    second: strong,
    policy: policy === undefined ? undefined : await openPolicy(policy, jury, models),
  });
}

function juryOf(judges: readonly string[], second: string | undefined): JuryFile {
  const [first = 'deterministic'] = judges;
  if (!judges.some((spec) => spec.startsWith('jury:'))) {
    const members = judges.map((judge) => ({ judge, weight: 1 }));
    return { members, rule: 'majority-with-review', second };
  }
  if (judges.length > 1) {
    throw new MatrixError('a jury file stands alone', {
      mend: 'Name its members in the file, or give several --judge without one.',
    });
  }
  const file = loadJuryFile(first.slice('jury:'.length));
  return { ...file, second: second ?? file.second };
}

async function openJuror(spec: string, taxonomy: Taxonomy, models: Models): Promise<Juror> {
  if (spec === 'deterministic') return deterministicJuror(taxonomy);
  if (spec.startsWith('llama-guard:')) {
    const model = await models.open(spec.replace('llama-guard:', 'openai:'));
    return createGuardJuror({ ...model, name: spec }, taxonomy);
  }
  const prompted = () => ({ taxonomy, prompt: loadJudgePrompt(taxonomy) });
  if (isModel(spec)) return createModelJuror(await models.open(spec), prompted());
  if (isRecorded(spec)) {
    return recordedJuror(
      spec,
      readRecordedAnswers(recordingFolder(spec.slice(RECORDED.length))),
      prompted(),
    );
  }
  throw new MatrixError(`"${spec}" is no judge`, { mend: `Use ${JUDGE_FORMS}.` });
}

function isModel(spec: string): boolean {
  return PROVIDERS.some((provider) => spec.startsWith(`${provider}:`));
}

const RECORDED = 'recorded:';

function isRecorded(spec: string): boolean {
  return spec.startsWith(RECORDED);
}

/** The jurors of a spec that answer from a recording of a juror. */
export function recordedJurors({ judges, second }: JurySpec): string[] {
  return juryOf(judges, second)
    .members.map(({ judge }) => judge)
    .filter(isRecorded);
}

/** A second is asked about some modes alone, and a recording holds answers about all. */
function assertNotRecorded(second: string): void {
  if (!isRecorded(second)) return;
  throw new MatrixError(`${second} cannot be the second juror: it was asked about all modes`, {
    mend: 'Seat it with --judge.',
  });
}

/** The first juror that is a model; undefined where none understands text. */
export async function readerIn(
  { judges, second }: JurySpec,
  models: Models,
): Promise<ChatModel | undefined> {
  return openReader(juryOf(judges, second).members, models);
}

async function openReader(
  members: JuryFile['members'],
  models: Models,
): Promise<ChatModel | undefined> {
  const reader = members.find(({ judge }) => isModel(judge));
  return reader && models.open(reader.judge);
}

/** The first juror that is a model reads the policy. */
async function openPolicy(file: string, { members }: JuryFile, models: Models) {
  const reader = await openReader(members, models);
  if (reader) return createPolicyView(reader, loadPolicy(file));
  throw new MatrixError('--policy needs a judge that can read it', {
    mend: 'Name a model with --judge, as openai:gpt-5-mini.',
  });
}

function assertDecides({ name, decides }: Juror): void {
  if (decides.size > 0) return;
  throw new MatrixError(`${name} can decide nothing that the others leave open`, {
    mend: 'Seat a guard among the judges, and name a model as the second.',
  });
}

function assertDistinct(jurors: readonly Juror[]): void {
  const names = jurors.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  throw new MatrixError(`${twice} would sit in the jury twice`, { mend: 'Name it once.' });
}
