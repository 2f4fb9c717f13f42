import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { mainFile, newFolder, spawnMatrixSim } from './matrix-sim.js';

const workflowSchema = z.object({
  defaults: z.object({ run: z.object({ shell: z.literal('bash') }) }),
  jobs: z.object({
    simulate: z.object({
      env: z.record(z.string(), z.string()),
      steps: z.array(z.object({ name: z.string().optional(), run: z.string().optional() })),
    }),
  }),
});
const file = 'docs/ci/agent-gate.yaml';
const { env, steps } = workflowSchema.parse(load(readFileSync(file, 'utf8'))).jobs.simulate;

/** A project as one that has the package installed: `npx matrix-sim` is the built command line. */
function project(): string {
  const folder = newFolder();
  const manifest = { name: 'project', version: '1.0.0' };
  const lock = { ...manifest, lockfileVersion: 3, packages: { '': manifest } };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify(lock));
  mkdirSync(path.join(folder, 'bin'));
  const npx = path.join(folder, 'bin/npx');
  writeFileSync(npx, `#!/bin/sh\nshift\nexec "${process.execPath}" "${mainFile}" "$@"\n`);
  chmodSync(npx, 0o755);
  return folder;
}

/** As GitHub runs a step whose shell is bash. */
function runStep(folder: string, script: string, agent: string): number | null {
  const summary = path.join(folder, 'summary.md');
  const offline = {
    npm_config_offline: 'true',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
  };
  const stated = Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, value.replace('${{ github.run_id }}', '1')]),
  );
  return spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: folder,
    env: {
      ...process.env,
      ...offline,
      ...stated,
      AGENT: agent,
      GITHUB_STEP_SUMMARY: summary,
      PATH: `${path.join(folder, 'bin')}:${process.env.PATH ?? ''}`,
    },
  }).status;
}

let baseline = '';

beforeAll(async () => {
  const folder = newFolder();
  const gated = steps.find(({ name }) => name === 'Simulate and gate')?.run ?? '';
  const hazards = [...gated.matchAll(/--hazard \S+/g)].flatMap(([flag]) => flag.split(' '));
  const run = ['--agent', 'bot=offline:careful', '--run-id', env.BASELINE_RUN ?? '', ...hazards];
  await spawnMatrixSim(folder, {}, 'run', ...run);
  baseline = path.join(folder, 'release.jsonl');
  await spawnMatrixSim(folder, {}, 'export', env.BASELINE_RUN ?? '', '--out', baseline);
}, 120_000);

function runAll(agent: string): { folder: string; statuses: Record<string, number | null> } {
  const folder = project();
  const kept = path.join(folder, env.BASELINE ?? '');
  mkdirSync(path.dirname(kept), { recursive: true });
  writeFileSync(kept, readFileSync(baseline));
  const statuses = steps.flatMap(({ name, run }) =>
    run === undefined ? [] : [[name ?? '', runStep(folder, run, agent)] as const],
  );
  return { folder, statuses: Object.fromEntries(statuses) };
}

describe('docs/ci/agent-gate.yaml', () => {
  it('is what docs/ci.md names, and puts no expression into a script', () => {
    expect(readFileSync('docs/ci.md', 'utf8')).toContain('ci/agent-gate.yaml');
    expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([]);
  });

  it('passes an agent that is as the last release', { timeout: 240_000 }, () => {
    const { folder, statuses } = runAll('bot=offline:careful');
    expect(statuses).toEqual({
      Install: 0,
      'Simulate and gate': 0,
      'Compare with the last release': 0,
      Report: 0,
    });
    for (const name of ['results.xml', 'comparison.txt', 'hazard-log.xlsx', 'run.jsonl']) {
      expect([name, existsSync(path.join(folder, name))]).toEqual([name, true]);
    }
    expect(readFileSync(path.join(folder, 'summary.md'), 'utf8')).toContain('**Gate passed**');
  });

  it('stops an agent that fails, and reports it all the same', { timeout: 240_000 }, () => {
    const { folder, statuses } = runAll('bot=offline:rushed');
    expect(statuses).toMatchObject({ Install: 0, 'Simulate and gate': 1, Report: 0 });
    expect(readFileSync(path.join(folder, 'results.xml'), 'utf8')).toContain(
      '<failure type="H01-F1',
    );
    expect(readFileSync(path.join(folder, 'summary.md'), 'utf8')).toContain('**Gate met**');
  });
});
