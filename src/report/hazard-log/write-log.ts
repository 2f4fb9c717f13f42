import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { MatrixError } from '../../errors.js';
import { fillAllWhole } from '../../whole-file.js';
import type { HazardLog } from './hazard-log.js';
import type { Sheet } from './sheet.js';
import { pageOfLog, sheetsOfLog } from './sheets-of-log.js';
import { csvOf } from './write-csv.js';
import { markdownOf } from './write-markdown.js';
import { writeXlsx } from './write-xlsx.js';

/** The files of a log by the ending that is asked for: of CSV one a table, the hazards under the name itself. */
export function filesOfLog(out: string): string[] {
  const ending = path.extname(out).toLowerCase();
  const stem = out.slice(0, out.length - ending.length);
  if (ending === '.xlsx' || ending === '.md') return [out];
  if (ending === '.csv') return [out, ...OTHERS.map((name) => `${stem}.${name}.csv`)];
  throw new MatrixError(`${out}: a hazard log ends in .xlsx, .csv or .md`, {
    mend: 'Name the file so: --out hazard-log.xlsx',
  });
}

const OTHERS = ['front', 'severities', 'actions', 'evidence'] as const;

/** Writes a log, whole or not at all. @throws MatrixError where a file cannot be written */
export async function writeLog(log: HazardLog, out: string, now: Date): Promise<void> {
  await fillAllWhole(filesOfLog(out), async (paths) => {
    const [only = out] = paths;
    if (/\.xlsx$/i.test(out)) return writeXlsx(sheetsOfLog(log), only, now);
    const texts =
      paths.length > 1 ? hazardsFirst(sheetsOfLog(log)).map(csvOf) : [markdownOf(pageOfLog(log))];
    texts.forEach((text, at) => {
      writeFileSync(paths[at] ?? out, text, { flush: true });
    });
  });
}

/** Front and hazards change places, so that the file of the plain name holds the rows. */
function hazardsFirst([front, hazards, ...others]: readonly Sheet[]): Sheet[] {
  return [hazards, front, ...others].filter((sheet) => sheet !== undefined);
}
