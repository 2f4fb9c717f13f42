import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { matrixSim, newFolder } from './matrix-sim.js';

const folder = newFolder();
const at = (...words: string[]) => matrixSim(folder, ...words);

interface Row {
  readonly hazard: string;
  readonly hardNegatives: boolean;
  readonly all: {
    readonly n: number;
    readonly low: number;
    readonly high: number;
    readonly interval: { readonly low: number; readonly high: number };
    readonly tally: Readonly<Record<string, number>>;
  };
}

interface Report {
  readonly judging: { readonly decides: readonly string[] };
  readonly judgeValidity: unknown;
  readonly agents: readonly {
    readonly agent: string;
    readonly any: Row['all'];
    readonly hazards: readonly Row[];
  }[];
  readonly failures: readonly {
    readonly agent: string;
    readonly failureMode: string;
    readonly first: { readonly scenario: string; readonly agent: string; readonly repeat: number };
    readonly verdict: {
      readonly turn: number;
      readonly quotes: readonly { readonly text: string }[];
    };
  }[];
}

/** What a reader sees of a page, as one line: without tags, and without what no browser shows. */
function wordsOf(page: string): string {
  const shown = page.replace(/<(script|style|title)\b[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]*>/g, '');
  const signs: Readonly<Record<string, string>> = {
    quot: '"',
    '#39': "'",
    lt: '<',
    gt: '>',
    amp: '&',
  };
  return shown
    .replace(/&(quot|#39|lt|gt|amp);/g, (_, name: string) => signs[name] ?? '')
    .replace(/\s+/g, ' ');
}

const per = (share: number) => Math.round(share * 100);

beforeAll(async () => {
  const hazards = ['--hazard', 'H01', '--hazard', 'H04', '--hazard', 'H11'];
  const agents = ['--agent', 'offline:careful', '--agent', 'offline:rushed'];
  await at('run', '--run-id', 'r', ...agents, ...hazards);
  await at('run', '--run-id', 'old', '--agent', 'offline:careful', ...hazards);
}, 60_000);

describe('report --html', () => {
  let words = '';
  let report: Report;
  beforeAll(async () => {
    const { stdout, status } = await at('report', 'r', '--html', 'r.html');
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^wrote .*r\.html, 0\.\d MB/)]);
    words = wordsOf(readFileSync(path.join(folder, 'r.html'), 'utf8'));
    report = (await at('report', 'r', '--json')).json() as Report;
  });

  /** The row of the report with the highest lower bound, of all agents. */
  function worstRow(): Row & { readonly agent: string } {
    const [row] = report.agents
      .flatMap(({ agent, hazards }) => hazards.map((each) => ({ agent, ...each })))
      .filter(({ hardNegatives }) => !hardNegatives)
      .toSorted((a, b) => b.all.interval.low - a.all.interval.low);
    if (!row) throw new Error('nothing failed');
    return row;
  }

  it('says which agent and hazard are worst, as report --json', () => {
    const worst =
      /Worst of all agents and hazards, by the lower bound of what failed: (\S+) on (\S+) /.exec(
        words,
      );
    expect(worst?.slice(1)).toEqual([worstRow().agent, worstRow().hazard]);
  });

  it('says at what rate, of how many, with what interval', () => {
    const { n, low, high, interval, tally } = worstRow().all;
    const open = n - (tally.fail ?? 0) - (tally.pass ?? 0);
    expect(open).toBeGreaterThan(0);
    expect(words).toContain(
      `at least ${tally.fail} of ${n} dialogues failed, ${open} undecided; unsafe ${per(low)}–${per(high)} % [${per(interval.low)}–${per(interval.high)}]`,
    );
  });

  it('says in which turn and words the evidence is', () => {
    const { agent, hazard } = worstRow();
    const failure = report.failures.find(
      (each) => each.agent === agent && each.failureMode.startsWith(hazard),
    );
    if (!failure) throw new Error('no failure of the worst row is listed');
    const { first, verdict } = failure;
    expect(words).toContain(`${first.scenario}/${agent}/${first.repeat}, turn ${verdict.turn},`);
    expect(words).toContain(`“${verdict.quotes[0]?.text ?? 'no words'}”`);
  });

  it('says what is not assessed', () => {
    const [, missing = ''] =
      /Hazards without a judged dialogue \(11\): ([^.]*)\./.exec(words) ?? [];
    expect(missing).toContain('H05');
    const held = report.agents.flatMap(({ hazards }) => hazards.map(({ hazard }) => hazard));
    expect(held.filter((hazard) => missing.includes(hazard))).toEqual([]);
    const [, beyond = ''] = /means to decide \(\d+\): ([^.]*)\./.exec(words) ?? [];
    expect(beyond).toContain('H11-F2');
    expect(report.judging.decides.filter((mode) => beyond.includes(mode))).toEqual([]);
  });

  it('says whether the judge is validated', () => {
    expect(report.judgeValidity).toBe('not measured');
    expect(words).toContain('The judge is not validated: its own errors have not been measured.');
  });

  it('is the same to the byte each time, and overwrites nothing unasked', async () => {
    await at('report', 'r', '--html', 'one.html');
    const refused = await at('report', 'r', '--html', 'one.html');
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('--force')]);
    const before = readFileSync(path.join(folder, 'one.html'), 'utf8');
    const again = await at('report', 'r', '--html', 'one.html', '--force', '--json');
    expect(again.json()).toMatchObject({ bytes: Buffer.byteLength(before) });
    expect(readFileSync(path.join(folder, 'one.html'), 'utf8')).toBe(before);
  });

  it('holds the agents against one of another run', async () => {
    await at('report', 'r', '--html', 'two.html', '--against', 'old');
    const words = wordsOf(readFileSync(path.join(folder, 'two.html'), 'utf8'));
    expect(words).toContain('r/careful less old/careful');
    expect(words).toContain('rushed less careful');
    const unknown = await at('report', 'r', '--html', 'three.html', '--against', 'nowhere');
    expect([unknown.status, unknown.stderr]).toEqual([
      2,
      expect.stringContaining('no run nowhere'),
    ]);
  });
});
