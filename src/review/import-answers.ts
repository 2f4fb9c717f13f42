import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../determinism.js';
import { MatrixError } from '../errors.js';
import type { DialogueLabel, Label } from '../store/review-record.js';

/** What a person said, before it is known when it was taken, and why a former word was corrected. */
export interface NewLabel {
  readonly dialogue: string;
  /** Its place in the file that it came from. */
  readonly place: string;
  readonly label: Unstamped;
}

type Stamp = 'at' | 'reason';
type Unstamped = Label extends infer L ? (L extends Label ? Omit<L, Stamp> : never) : never;

/** A sheet that was held against its pack. */
export interface CheckedFile {
  readonly file: string;
  readonly labels: readonly NewLabel[];
  /** What is wrong, a line each, by sheet and cell. */
  readonly findings: readonly string[];
  /** Items without an answer, likewise. */
  readonly missing: readonly string[];
}

export interface ImportWishes {
  /** Why labels that are there already are corrected; without it none is. */
  readonly reason?: string | undefined;
  /** Takes what is answered, and leaves the rest for later. */
  readonly partial: boolean;
}

export interface ImportResult {
  readonly added: readonly DialogueLabel[];
  /** Answers that were there already, word for word. */
  readonly known: number;
  readonly corrected: number;
  /** Items that nobody answered yet, a line each. */
  readonly missing: readonly string[];
}

/**
 * The labels that files add to what is there.
 * @throws MatrixError with every finding, by file and cell, where anything is wrong: then nothing is taken
 */
export function labelsToAdd(
  files: readonly CheckedFile[],
  known: readonly DialogueLabel[],
  wishes: ImportWishes,
  clock: Clock,
): ImportResult {
  const findings = files.flatMap(({ file, findings: wrong, missing }) =>
    [...wrong, ...(wishes.partial ? [] : missing)].map((line) => `${file}, ${line}`),
  );
  const latest = new Map(known.map((each) => [keyOf(each), each.label]));
  const added = new Map<string, DialogueLabel>();
  const [at, reason] = [clock().toISOString(), wishes.reason];
  let same = 0;
  for (const { file, place, dialogue, label } of files.flatMap(placed)) {
    const key = keyOf({ dialogue, label });
    const former = latest.get(key);
    const wrong = (what: string) => findings.push(`${file}, ${place}: ${label.author} ${what}`);
    if (added.has(key)) wrong('answered it in another file too');
    else if (former && isDeepStrictEqual(unstamped(former), label)) same += 1;
    else if (former && reason === undefined) wrong('said otherwise before');
    else {
      const stamp = { at, reason: former ? (reason ?? null) : null };
      added.set(key, { dialogue, label: { ...label, ...stamp } });
    }
  }
  if (findings.length > 0) throw refused(findings);
  const labels = [...added.values()];
  return {
    ...{ added: labels, known: same },
    corrected: labels.filter(({ label }) => label.reason !== null).length,
    missing: files.flatMap(({ missing }) => missing),
  };
}

function placed({ file, labels }: CheckedFile) {
  return labels.map((label) => ({ file, ...label }));
}

/** What a later label corrects: in another pack the same dialogue is read anew. */
function keyOf({ dialogue, label }: { dialogue: string; label: Unstamped }): string {
  const of = label.kind === 'safety' ? label.source : label.item;
  return JSON.stringify([dialogue, label.author, label.pack, label.kind, of]);
}

function unstamped(label: Label): Unstamped {
  const kept = Object.entries(label).filter(([name]) => name !== 'at' && name !== 'reason');
  return Object.fromEntries(kept) as Unstamped;
}

function refused(findings: readonly string[]): MatrixError {
  const [first = ''] = findings;
  const others = findings.length === 1 ? '' : `, and ${findings.length - 1} more`;
  return new MatrixError(`nothing was imported: ${first}${others}`, {
    mend: 'Mend the cells named and import again; --partial leaves out what is not answered yet, and --reason says why a label is corrected.',
    findings,
  });
}
