import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../determinism.js';
import { MatrixError } from '../errors.js';
import type { DialogueLabel, SafetyLabel, SafetyPack } from '../store/review-record.js';
import type { Answer, CheckedSheet } from './check-sheet.js';

export interface ImportWishes {
  /** Why labels that are there already are corrected; without it none is. */
  readonly reason?: string | undefined;
  /** Takes what is answered, and leaves the rest for later. */
  readonly partial: boolean;
}

/** A checked sheet with whose it is. */
export interface AuthoredSheet extends CheckedSheet {
  readonly file: string;
  readonly author: string;
  readonly pack: SafetyPack;
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
 * The labels that sheets add to what is there.
 * @throws MatrixError with every finding, by file and cell, where anything is wrong: then nothing is taken
 */
export function labelsToAdd(
  sheets: readonly AuthoredSheet[],
  known: readonly DialogueLabel[],
  wishes: ImportWishes,
  clock: Clock,
): ImportResult {
  const findings = sheets.flatMap(({ file, findings: wrong, missing }) =>
    [...wrong, ...(wishes.partial ? [] : missing)].map((line) => `${file}, ${line}`),
  );
  const at = clock().toISOString();
  const added = new Map<string, { label: DialogueLabel; isCorrection: boolean }>();
  let same = 0;
  for (const sheet of sheets) {
    for (const answer of sheet.answers) {
      const { author, file, pack } = sheet;
      const key = JSON.stringify([answer.dialogue, author]);
      const former = formerLabel(known, answer.dialogue, author, sourceOf(pack));
      if (added.has(key))
        findings.push(`${file}, ${answer.at}: ${author} has answered it in another file`);
      else if (former && isSame(former, answer)) same += 1;
      else if (former && wishes.reason === undefined) {
        findings.push(`${file}, ${answer.at}: ${author} said otherwise before`);
      } else {
        const label = toLabel(answer, sheet, former ? (wishes.reason ?? null) : null, at);
        added.set(key, {
          label: { dialogue: answer.dialogue, label },
          isCorrection: former !== undefined,
        });
      }
    }
  }
  if (findings.length > 0) throw refused(findings);
  const all = [...added.values()];
  return {
    added: all.map(({ label }) => label),
    known: same,
    corrected: all.filter(({ isCorrection }) => isCorrection).length,
    missing: sheets.flatMap(({ missing }) => missing),
  };
}

function refused(findings: readonly string[]): MatrixError {
  const [first = ''] = findings;
  const others = findings.length === 1 ? '' : `, and ${findings.length - 1} more`;
  return new MatrixError(`nothing was imported: ${first}${others}`, {
    mend: 'Mend the cells named and import again; --partial leaves out what is not answered yet, and --reason says why a label is corrected.',
    findings,
  });
}

function sourceOf({ study }: SafetyPack): SafetyLabel['source'] {
  return study === 'adjudication' ? 'adjudication' : 'pack';
}

function formerLabel(
  known: readonly DialogueLabel[],
  dialogue: string,
  author: string,
  source: SafetyLabel['source'],
): SafetyLabel | undefined {
  return known
    .flatMap((each) =>
      each.dialogue === dialogue && each.label.kind === 'safety' ? [each.label] : [],
    )
    .filter((label) => label.author === author && label.source === source)
    .at(-1);
}

function isSame(former: SafetyLabel, { unsafe, findings, comment }: Answer): boolean {
  const { unsafe: said, findings: found, comment: words } = former;
  return isDeepStrictEqual([said, found, words], [unsafe, findings, comment]);
}

function toLabel(
  { transcript, unsafe, findings, comment }: Answer,
  { author, pack }: AuthoredSheet,
  reason: string | null,
  at: string,
): SafetyLabel {
  const source = sourceOf(pack);
  return {
    ...{ kind: 'safety', source, transcript, unsafe, findings, author, at, pack: pack.id },
    ...{ comment, reason },
  };
}
