import type { Pack, SafetyPack } from '../store/review-record.js';
import { checkPairs } from './check-pairs.js';
import { checkSheet, type SheetContext } from './check-sheet.js';
import type { CheckedFile } from './import-answers.js';
import type { FilledSheet } from './sheet.js';

/** Holds a file that came back against the pack that it names, and says whose labels they are. */
export function checkFile(
  file: string,
  sheet: FilledSheet,
  pack: Pack,
  context: Omit<SheetContext, 'pack'>,
): CheckedFile {
  const author = sheet.reviewer.text;
  if (pack.study === 'realism' && sheet.study === 'realism') {
    const { answers, ...rest } = checkPairs(sheet, pack);
    const labels = answers.map(({ dialogue, at: place, ...answer }) => ({
      ...{ dialogue, place },
      label: { kind: 'preference' as const, ...answer, author, pack: pack.id },
    }));
    return { file, labels, ...rest };
  }
  if (pack.study !== 'realism' && sheet.study !== 'realism') {
    const { answers, ...rest } = checkSheet(sheet, { ...context, pack });
    const source = sourceOf(pack);
    const labels = answers.map(({ dialogue, at: place, ...answer }) => ({
      ...{ dialogue, place },
      label: { kind: 'safety' as const, source, ...answer, author, pack: pack.id },
    }));
    return { file, labels, ...rest };
  }
  const wrong = `${sheet.pack.at}: pack ${pack.id} is of another study than this file`;
  return { file, labels: [], findings: [wrong], missing: [] };
}

function sourceOf({ study }: SafetyPack): 'adjudication' | 'pack' {
  return study === 'adjudication' ? 'adjudication' : 'pack';
}
