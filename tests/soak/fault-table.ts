import type { Outcome } from './worker-faults.js';

/** What came of the schedules of one kind. */
export interface FaultRow {
  readonly name: string;
  readonly outcomes: readonly Outcome[];
}

const HEAD = ['what befalls workers', 'runs', 'faults', 'lost', 'doubled', 'extra', 'allowed'];

/** The table as it stands in docs/reliability.md. */
export function renderFaults(rows: readonly FaultRow[]): string {
  const all = { name: 'in all', outcomes: rows.flatMap(({ outcomes }) => outcomes) };
  return [[...HEAD, 'equal'], ...[...rows, all].map(cellsOf)].map(renderRow).join('\n');
}

function cellsOf({ name, outcomes }: FaultRow): (string | number)[] {
  const sum = (of: (outcome: Outcome) => number) =>
    outcomes.reduce((total, outcome) => total + of(outcome), 0);
  return [
    ...[name, outcomes.length, sum(({ faults }) => faults)],
    ...[sum(({ lost }) => lost), sum(({ doubled }) => doubled)],
    ...[sum(({ extra }) => extra), sum(({ allowed }) => allowed)],
    sum(({ isEqual }) => (isEqual ? 1 : 0)),
  ];
}

function renderRow([name = '', ...cells]: readonly (string | number)[]): string {
  return [String(name).padEnd(34), ...cells.map((cell) => String(cell).padStart(8))].join('');
}
