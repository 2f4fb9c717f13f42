import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addPlanFlags, statedFlags } from '../../src/cli/plan-flags.js';
import { decidesResults, planSchema } from '../../src/plan/plan.js';
import { readPlan } from '../../src/plan/read-plan.js';

function planFile(text: string): string {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'plan-')), 'nightly');
  mkdirSync(folder);
  const file = path.join(folder, 'plan.yaml');
  writeFileSync(file, text);
  return file;
}

function flags(...argv: string[]) {
  const command = addPlanFlags(new Command('run'));
  command.parse(argv, { from: 'user' });
  return statedFlags(command.opts());
}

describe('a plan', () => {
  it('has a flag for every field', () => {
    const stated = flags(
      ...['--agent', 'a', '--agent-prompt', 'p', '--patient', 'x', '--ear', 'e', '--hazard', 'H01'],
      ...['--domain', 'D01', '--scenario', 's', '--persona', 'channel=noisy', '--repeats', '2'],
      ...['--max-turns', '20', '--seed', '7', '--concurrency', '3', '--turn-timeout', '9'],
      ...['--judge', 'j', '--judge', 'k', '--second', 's', '--policy', 'q', '--token-budget', '5'],
      ...['--jury-weights', 'w', '--until-width', '0.1', '--until-rating'],
      ...['--cost-budget', '1.5', '--prices', 'r', '--store', 'd', '--taxonomy', 't'],
      ...['--scenario-library', 'l', '--fail-on', 'severity>=major'],
    );
    expect(Object.keys(stated).sort()).toEqual(Object.keys(planSchema.shape).sort());
    expect(stated).toMatchObject({ judges: ['j', 'k'], repeats: 2, costBudget: 1.5 });
    expect(planSchema.safeParse(stated).success).toBe(true);
  });

  it('states nothing that no flag stated', () => {
    expect(flags()).toEqual({});
  });

  it('says which fields decide results', () => {
    const free = Object.keys(planSchema.shape).filter((field) => !decidesResults(field));
    expect(free).toEqual([
      'taxonomy',
      'scenarioLibrary',
      'store',
      'failOn',
      'turnTimeout',
      'tokenBudget',
      'costBudget',
      'prices',
      'concurrency',
    ]);
  });
});

describe('readPlan', () => {
  it('finds what a plan names by a relative path beside the plan', () => {
    const file = planFile(
      [
        "agents: ['mine=module:./bot.mjs', 'http:bot.yaml', 'command:\"python3 bot.py\"', offline:late]",
        'judges: [jury:jury.yaml]',
        'ear: file:answers.jsonl',
        'store: runs.db',
        'policy: /etc/rules.md',
      ].join('\n'),
    );
    const beside = path.relative('.', path.dirname(file));
    expect(readPlan(file)).toEqual({
      agents: [
        `mine=module:${beside}/bot.mjs`,
        `http:${beside}/bot.yaml`,
        'command:"python3 bot.py"',
        'offline:late',
      ],
      judges: [`jury:${beside}/jury.yaml`],
      ear: `file:${beside}/answers.jsonl`,
      store: `${beside}/runs.db`,
      policy: '/etc/rules.md',
    });
  });

  it('names the place that is wrong', () => {
    expect(() => readPlan(planFile('repeats: often'))).toThrow(/plan\.yaml, repeats/);
    expect(() => readPlan(planFile('repeat: 3'))).toThrow(/repeat/);
  });
});
