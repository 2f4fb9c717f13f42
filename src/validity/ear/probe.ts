import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { MatrixError } from '../../errors.js';
import { readText } from '../../read-file.js';
import type { Scenario } from '../../scenarios/scenario.js';

export const PROBE_KINDS = [
  'plain',
  'paraphrase',
  'yes-no',
  'statement',
  'embedded',
  'vignette',
  'unknown',
  'commit',
] as const;

/** One turn of an agent, put to a patient whose trigger is out, with the answer that would fit. */
const probeSchema = z.strictObject({
  scenario: z.string(),
  kind: z.enum(PROBE_KINDS),
  asks: z.string().min(1),
  /** Every fact that alone would be an answer. */
  expects: z.array(z.string()),
  /** `yes`, `no`, `unknown`, `commitment`, or what the vignette says; null where a fact is the answer. */
  truth: z.string().nullable(),
});
export type Probe = z.infer<typeof probeSchema>;

export const DEV_PROBES = fileURLToPath(
  new URL('../../../datasets/patbot/probes-dev.jsonl', import.meta.url),
);

/** @throws MatrixError naming the line that is not as it should be, or asks of a case or fact that is not there */
export function readProbes(file: string, scenarios: ReadonlyMap<string, Scenario>): Probe[] {
  const lines = readText(file).split('\n');
  return lines.flatMap((line, index) =>
    line.trim() === '' ? [] : [readProbe(line, `${file}, line ${index + 1}`, scenarios)],
  );
}

function readProbe(line: string, where: string, scenarios: ReadonlyMap<string, Scenario>): Probe {
  const probe = probeSchema.safeParse(parsed(line, where));
  if (!probe.success) throw unfit(where, z.prettifyError(probe.error));
  const { scenario, expects } = probe.data;
  const facts = scenarios.get(scenario)?.ledger.map(({ id }) => id);
  if (!facts) throw unfit(where, `there is no scenario ${scenario}`);
  const unknown = expects.find((id) => !facts.includes(id));
  if (unknown !== undefined) throw unfit(where, `${scenario} has no fact ${unknown}`);
  return probe.data;
}

function parsed(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw unfit(where, 'it is no JSON');
  }
}

function unfit(where: string, what: string): MatrixError {
  return new MatrixError(`${where}: ${what}`, { mend: 'Mend that line of the probes.' });
}
