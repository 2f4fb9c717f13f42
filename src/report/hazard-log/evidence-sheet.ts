import { SEVERITIES, type Severity } from '../../taxonomy/severity.js';
import type { Case } from './gather-cases.js';
import type { Assessment, HazardLog, RecordHashes } from './hazard-log.js';
import { sheetOf, type Sheet, type SheetColumn } from './sheet.js';

interface Row extends Case {
  readonly hazard: string;
  readonly severity: Severity;
  readonly run: string;
  readonly hashes: RecordHashes;
}

/** Every dialogue on which a figure rests, by id and by the hashes of its records. */
export function evidenceSheet(log: HazardLog): Sheet {
  return sheetOf('Evidence', COLUMNS, allRows(log));
}

/** As {@link evidenceSheet}, of failures alone, for a page that somebody reads. */
export function failureSheet(log: HazardLog): Sheet {
  const rows = allRows(log);
  const failed = rows.filter(({ outcome }) => outcome === 'fail');
  const name = `Evidence: ${failed.length} failures of ${rows.length} entries; the other forms of this log hold all`;
  return sheetOf(name, COLUMNS, failed);
}

function allRows({ initial, residual }: HazardLog): Row[] {
  return [...rowsOf(initial), ...(residual ? rowsOf(residual) : [])];
}

function rowsOf({ source, entries }: Assessment): Row[] {
  return entries.flatMap(({ hazard, cases }) =>
    SEVERITIES.toReversed().flatMap((severity) =>
      (cases.bySeverity[severity] ?? []).map((each): Row => ({
        ...each,
        hazard: hazard.id,
        severity,
        run: source.run.id,
        hashes: source.recordHashes.get(each.dialogue) ?? {},
      })),
    ),
  );
}

const OUTCOMES = { fail: 'failed', open: 'undecided', pass: 'passed' } as const;

const COLUMNS: readonly SheetColumn<Row>[] = [
  { title: 'Hazard', width: 10, cell: ({ hazard }) => hazard },
  { title: 'Severity', width: 14, cell: ({ severity }) => severity },
  { title: 'Outcome', width: 12, cell: ({ outcome }) => OUTCOMES[outcome] },
  { title: 'Failure modes', width: 24, cell: ({ modes }) => modes.join(', ') },
  { title: 'Vignette', width: 16, cell: ({ vignette }) => vignette },
  { title: 'Run', width: 20, cell: ({ run }) => run },
  { title: 'Dialogue', width: 28, cell: ({ dialogue }) => dialogue },
  {
    title: 'Look',
    width: 44,
    cell: ({ run, dialogue }) => `npx matrix-sim show ${run}/${dialogue}`,
  },
  { title: 'Attempt (SHA-256)', width: 20, cell: ({ hashes }) => hashes.attempt ?? '' },
  { title: 'Verdicts (SHA-256)', width: 20, cell: ({ hashes }) => hashes.verdicts ?? '' },
];
