import { MatrixError } from '../../errors.js';
import { shortFingerprint } from '../../fingerprint.js';
import { contentOf, type Content, type Judging, type RunRecord } from '../../store/run-record.js';

/** A run as one judging sees it. */
export interface JudgedRun {
  readonly run: RunRecord;
  readonly judging: Judging;
}

/**
 * Runs compare where the same scenarios were judged by the same judge; a judge's fingerprint holds its
 * taxonomy.
 * @throws MatrixError with what differs, and the way round it
 */
export function assertComparable(first: JudgedRun, second: JudgedRun): void {
  assertSame('scenarios', '--scenario-library', first.run, second.run);
  if (first.judging.judgeFingerprint === second.judging.judgeFingerprint) return;
  assertSame('taxonomy', '--taxonomy', first.run, second.run);
  throw new MatrixError(
    `${inWords(first)} and ${inWords(second)} were judged by different judges`,
    {
      mend: 'Judge both alike (matrix-sim judge run RUN --judge SPEC), or name with --judging one that both have.',
    },
  );
}

function assertSame(name: string, flag: string, first: RunRecord, second: RunRecord): void {
  const [a, b] = [first, second].map((run) => contentOf(run, name));
  if (a?.fingerprint === b?.fingerprint) return;
  throw new MatrixError(
    `the runs differ in ${name}: ${first.id} has ${versionOf(a)}, ${second.id} has ${versionOf(b)}`,
    { mend: `Hold one again with the ${name} of the other: matrix-sim run ${flag} FOLDER.` },
  );
}

function versionOf(content: Content | undefined): string {
  if (!content) return 'none on record';
  const short = shortFingerprint(content.fingerprint);
  return content.version === undefined ? short : `${content.version} (${short})`;
}

function inWords({ run, judging }: JudgedRun): string {
  return `${run.id} (${judging.jurors.join(', ')}; ${judging.id})`;
}

/**
 * What else decided the transcripts of one run and not of the other, as lines for the user: a
 * difference may come from it and not from the agent.
 */
export function otherDifferences({ run: a }: JudgedRun, { run: b }: JudgedRun): string[] {
  const names = [...a.contents, ...b.contents]
    .filter(({ decides }) => decides === 'transcripts')
    .map(({ name }) => name);
  const contents = [...new Set(names)].filter(
    (name) => contentOf(a, name)?.fingerprint !== contentOf(b, name)?.fingerprint,
  );
  const settings = (['patient', 'ear', 'maxTurns', 'seed'] as const).filter(
    (field) => a.plan[field] !== b.plan[field],
  );
  const differing = [...contents, ...settings];
  if (differing.length === 0) return [];
  return [`The runs also differ in: ${differing.join(', ')}. A difference may come from there.`];
}
