import fc, { type Arbitrary } from 'fast-check';
import { EXIT, MatrixError } from '../../src/errors.js';

/** One way into the program, with what comes in. */
export interface Boundary {
  readonly name: string;
  /** Of a thousand cases so many. */
  readonly share: number;
  /** What is right, and is taken. */
  readonly sound: unknown;
  readonly inputs: Arbitrary<unknown>;
  /** Takes one input in; whatever is wrong with it, a MatrixError says so. @returns what is wrong besides */
  readonly take: (input: never) => Promise<unknown>;
}

export interface Trials {
  readonly name: string;
  readonly trials: number;
  readonly refused: number;
  /** What went wrong, of the first few with the input. */
  readonly failures: readonly string[];
}

const LONGEST = 5000;
const SEED = 20_261_127;

/** Takes so many inputs in, always the same. */
export async function tryOut({ name, inputs, take }: Boundary, trials: number): Promise<Trials> {
  const failures: string[] = [];
  let refused = 0;
  for (const input of fc.sample(inputs, { numRuns: trials, seed: SEED })) {
    const began = performance.now();
    const fault = await take(input as never)
      .then((wrong) => (typeof wrong === 'string' ? wrong : undefined))
      .catch((error: unknown) => {
        if (!isAnswer(error)) return error instanceof Error ? error.stack : String(error);
        refused += 1;
        return undefined;
      });
    const late = performance.now() - began > LONGEST ? `took over ${LONGEST} ms` : undefined;
    const wrong = fault ?? late;
    if (wrong !== undefined) failures.push(`${wrong}\n    for ${preview(input)}`);
  }
  return { name, trials, refused, failures };
}

/** Something the user can mend, told in words, with a status of its own. */
function isAnswer(error: unknown): boolean {
  const statuses: readonly number[] = [EXIT.usage, EXIT.incomplete];
  return (
    error instanceof MatrixError &&
    statuses.includes(error.exitCode) &&
    error.message !== '' &&
    error.mend !== ''
  );
}

function preview(input: unknown): string {
  const text = JSON.stringify(input);
  return text.length > 2000 ? `${text.slice(0, 2000)}…` : text;
}

/** The table as it stands in docs/reliability.md. */
export function renderTrials(all: readonly Trials[]): string {
  const rows = all.map(({ name, trials, refused, failures }) =>
    [name.padEnd(34), trials, refused, failures.length]
      .map((cell) => String(cell).padStart(8))
      .join('  '),
  );
  const sum = (of: (each: Trials) => number) => all.reduce((total, each) => total + of(each), 0);
  const total = [
    'in all'.padEnd(34),
    sum((each) => each.trials),
    sum((each) => each.refused),
    sum((each) => each.failures.length),
  ];
  const head = ['what comes in'.padEnd(34), 'trials', 'refused', 'failures'];
  return [head, total]
    .map((row) => row.map((cell) => String(cell).padStart(8)).join('  '))
    .join(`\n${rows.join('\n')}\n`);
}
