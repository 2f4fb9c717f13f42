import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  functionAgent,
  openJudge,
  openPatient,
  openStore,
  runPlan,
  runScenario,
} from '../src/index.js';

const greeter = functionAgent((turns) =>
  turns.length < 8 ? 'Thank you. How have you been?' : { text: 'Goodbye.', end: true },
);

describe('the library', () => {
  it('runs one scenario with an agent of one’s own', async () => {
    const { attempt, verdicts } = await runScenario('H01-D01', { agent: greeter, seed: 1 });
    const failures = (verdicts ?? []).filter(({ outcome }) => outcome === 'fail');
    expect(attempt.turns.length).toBeGreaterThan(4);
    expect(failures.map(({ failureMode }) => failureMode)).toContain('H01-F1');
  });

  it('takes agent, patient and judge as specs or opened', async () => {
    const specs = { agent: 'offline:careful', patient: 'offline', judge: ['deterministic'] };
    const opened = { agent: 'offline:careful', patient: await openPatient('offline') };
    const judge = await openJudge();
    expect(await runScenario('H01-D01', { ...opened, judge })).toEqual(
      await runScenario('H01-D01', specs),
    );
  });

  it('ends with the reason of a signal that aborts', async () => {
    const agent = functionAgent(() => new Promise<string>(() => undefined));
    const signal = AbortSignal.timeout(50);
    await expect(runScenario('H01-D01', { agent, signal })).rejects.toThrow(/timeout/i);
  });

  it('carries out a plan with agents made in code, and goes on with it', async () => {
    const store = openStore(':memory:');
    const stop = new AbortController();
    const options = { store, agents: { greeter } };
    const plan = { agents: ['greeter'], hazards: ['H01'], domains: ['D01', 'D02'], concurrency: 1 };
    const first = await runPlan(plan, {
      ...options,
      id: 'r',
      stop: stop.signal,
      onDialogue: () => stop.abort(),
    });
    expect(first).toMatchObject({ interrupted: true, run: { planned: 2 } });
    const held: string[] = [];
    const onDialogue = (progress: { job: { key: { scenario: string } }; attempt: unknown }) => {
      if (progress.attempt) held.push(progress.job.key.scenario);
    };
    const second = await runPlan({}, { ...options, resume: 'r', onDialogue });
    expect(second).toMatchObject({ interrupted: false, judging: { jurors: ['deterministic'] } });
    expect(held).toEqual(['H01-D02']);
    await store.close();
  });
});

describe('docs/library.md', () => {
  const page = readFileSync('docs/library.md', 'utf8');
  const examples = [...page.matchAll(/^```js\n(.*?)^```/gms)].map(([, text = '']) => text);
  const folder = mkdtempSync(path.join(tmpdir(), 'library-'));
  mkdirSync(path.join(folder, 'node_modules'));
  symlinkSync(path.resolve('.'), path.join(folder, 'node_modules/matrix-sim'));

  it.each(examples.map((text, index) => [index + 1, text] as const))(
    'shows code that runs: example %i',
    (index, text) => {
      const file = path.join(folder, `${index}.mjs`);
      writeFileSync(file, text);
      const output = execFileSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' });
      expect(output).toMatch(/H01|\d/);
    },
  );
});
