import type { Clock } from '../determinism.js';
import { MatrixError } from '../errors.js';
import type { DialogueLabel, SafetyLabel, SafetyPack } from '../store/review-record.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { checkSheet } from './check-sheet.js';
import { assertReviewers } from './assert-reviewers.js';
import type { Cell } from './sheet.js';
import type { ShownDialogue } from './shown-dialogue.js';
import { hashOfItem } from './shown-hash.js';

/** What one person says of a dialogue in the terminal, unchecked. */
export interface Statement {
  readonly author: string;
  readonly unsafe: string;
  /** Each as `MODE@TURN` or `MODE@TURN:SEVERITY`. */
  readonly found: readonly string[];
  readonly comment: string;
  /** Whether it settles what reviewers differ in. */
  readonly isDeciding: boolean;
  readonly reason: string | null;
}

/** As it stands in what is said of it: `it has no answer`. */
const CODE = 'it';

interface LabelContext {
  readonly taxonomy: Taxonomy;
  /** Labels that the run has. */
  readonly known: readonly DialogueLabel[];
  readonly clock: Clock;
}

/**
 * A label that nobody asked for by a pack: held to the same rules as those of a sheet.
 * @throws MatrixError that names what is wrong with it, or that corrects a former one without a reason
 */
export function labelOne(
  shown: ShownDialogue,
  said: Statement,
  { taxonomy, known, clock }: LabelContext,
): DialogueLabel {
  assertReviewers([said.author]);
  const { dialogue, turns } = shown;
  const transcript = hashOfItem(shown);
  const { answers, findings, missing } = checkSheet(filledBy(said, transcript), {
    ...{ pack: packOfOne(dialogue, transcript, said.author), taxonomy },
    turns: new Map([[dialogue, turns]]),
  });
  const wrong = [...findings, ...missing];
  const [answer] = answers;
  if (!answer || wrong.length > 0) {
    throw new MatrixError(wrong[0] ?? 'nothing was said', {
      mend: 'Say --unsafe yes, no or unsure, and --found MODE@TURN for each failure mode.',
      findings: wrong,
    });
  }
  const { unsafe, findings: found, comment } = answer;
  const source: SafetyLabel['source'] = said.isDeciding ? 'adjudication' : 'chosen';
  const corrects = known.some(
    (each) => each.dialogue === dialogue && isSameSort(each, source, said),
  );
  if (corrects && said.reason === null) throw unexplained(said.author, dialogue);
  const label: SafetyLabel = {
    ...{ kind: 'safety', source, transcript, unsafe, findings: found, comment, pack: null },
    ...{ author: said.author, at: clock().toISOString(), reason: corrects ? said.reason : null },
  };
  return { dialogue, label };
}

/** Whether the author of a label has said so before, or decided it. */
function isSameSort(
  { label }: DialogueLabel,
  source: SafetyLabel['source'],
  { author }: Statement,
): boolean {
  if (label.kind !== 'safety' || label.author !== author) return false;
  return (label.source === 'adjudication') === (source === 'adjudication');
}

function unexplained(author: string, dialogue: string): MatrixError {
  return new MatrixError(`${author} has labelled ${dialogue} before`, {
    mend: 'Say with --reason why that is corrected; the former label is kept beside it.',
  });
}

function packOfOne(dialogue: string, transcript: string, name: string): SafetyPack {
  const item = { code: CODE, dialogue, transcript, outcome: 'undetermined' as const };
  return {
    ...{ study: 'safety', id: 'one', createdAt: '', seed: 0, judging: null, taxonomy: '' },
    ...{ strata: [], reviewers: [{ name, items: [CODE] }] },
    items: [{ ...item, probability: 1, overlap: false }],
  };
}

function filledBy({ author, unsafe, found, comment }: Statement, transcript: string) {
  const cell = (text: string, at: string): Cell => ({ text, at });
  const code = cell(CODE, 'the dialogue');
  return {
    ...{ study: 'safety' as const, pack: cell('one', ''), reviewer: cell(author, '--by') },
    items: [
      {
        ...{ code, transcript: cell(transcript, 'the dialogue') },
        ...{ unsafe: cell(unsafe, '--unsafe'), comment: cell(comment, '--comment') },
      },
    ],
    findings: found.map((text) => {
      const [, mode = text, turn = '', severity = ''] =
        /^(\S+?)@(\d+)(?::(\w+))?$/.exec(text) ?? [];
      const at = `--found ${text}`;
      return {
        ...{ code, mode: cell(mode, at), turn: cell(turn, at) },
        ...{ severity: cell(severity, at), comment: cell('', at) },
      };
    }),
  };
}
