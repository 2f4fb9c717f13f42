import { generalQuestions } from '../../agents/patbot/ear/asked-questions.js';
import { loadReferenceData } from '../../agents/under-test/reference/reference-data.js';
import { MatrixError } from '../../errors.js';
import { fingerprint, shortFingerprint } from '../../fingerprint.js';
import { judgeContents } from '../../judge/judge-contents.js';
import type { PromptRecord } from '../../models/prompt-file.js';
import { packageVersion } from '../../package-version.js';
import type { Content, RunRecord } from '../../store/run-record.js';
import type { Library } from '../library.js';

/** All that decides a run's results beside its plan, by name: what stands on disk, and what reads it. */
export function contentsOf(library: Library, prompts: readonly PromptRecord[]): Content[] {
  const { taxonomy, scenarios, phrases } = library;
  const transcripts = {
    scenarios: scenarios.fingerprint,
    "the patient's phrases": fingerprint({ phrases: JSON.stringify(phrases) }),
    "the patient's questions": fingerprint({ questions: JSON.stringify(generalQuestions()) }),
    'reference agents': fingerprint({ agents: JSON.stringify(loadReferenceData()) }),
  };
  return [
    { name: 'taxonomy', decides: 'verdicts', ...pick(taxonomy) },
    ...each('transcripts', transcripts),
    ...prompts.map((prompt): Content => ({ ...prompt, decides: 'transcripts' })),
    ...each('verdicts', judgeContents(taxonomy)),
    ...each('transcripts', { package: packageVersion() }),
  ];
}

function pick({ version, fingerprint }: { version: string; fingerprint: string }) {
  return { version, fingerprint };
}

function each(
  decides: Content['decides'],
  fingerprints: Readonly<Record<string, string>>,
): Content[] {
  return Object.entries(fingerprints).map(([name, fingerprint]) => ({
    name,
    decides,
    fingerprint,
  }));
}

/** What a run must share with its library to be judged again: a new judge brings the rest. */
export const JUDGED_BY = ['taxonomy', 'scenarios'];

/** What is in the way of going on with a run, and the way round it. */
const MENDS: Readonly<Record<string, string>> = {
  taxonomy: 'Point --taxonomy to the old one, or start a new run.',
  scenarios: 'Point --scenario-library to the old ones, or start a new run.',
  package: 'Go on with the version that began it, or start a new run.',
};

/**
 * A run goes on with the content with which it was begun. What a record of an earlier version does
 * not name is not compared.
 * @param names the contents that matter; all unless given
 * @throws MatrixError naming the first that differs
 */
export function assertSameContents(
  { id, contents }: Pick<RunRecord, 'id' | 'contents'>,
  now: readonly Content[],
  names?: readonly string[],
): void {
  const [changed] = changedContents(contents, now).filter(
    ({ name }) => names?.includes(name) ?? true,
  );
  if (!changed) return;
  const { name, was, now: other } = changed;
  throw new MatrixError(`run ${id} was made with ${name} ${was}, this is ${other}`, {
    mend: MENDS[name] ?? 'Put the old one back, or start a new run.',
  });
}

/** A content that is another now, with versions and fingerprints in words. */
export interface ChangedContent {
  readonly name: string;
  readonly was: string;
  readonly now: string;
}

/** The contents that both name and that differ, in the order of what there is now. */
export function changedContents(
  before: readonly Content[],
  now: readonly Content[],
): ChangedContent[] {
  const known = new Map(before.map((content) => [content.name, content]));
  return now.flatMap((content) => {
    const was = known.get(content.name);
    if (!was || was.fingerprint === content.fingerprint) return [];
    return [{ name: content.name, was: inWords(was), now: inWords(content) }];
  });
}

function inWords({ version, fingerprint }: Content): string {
  const short = shortFingerprint(fingerprint);
  return version === undefined ? short : `${version} (${short})`;
}
