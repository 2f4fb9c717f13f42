import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

const script = `
import { openAgent } from './dist/agents/under-test/open-agent.js';
import { castDialogue } from './dist/runs/planning/plan-run.js';
import { simulate } from './dist/runs/holding/run-scenario.js';
import { coverPersonas } from './dist/agents/patbot/persona.js';
import { loadPhrases } from './dist/agents/patbot/phrases.js';
import { loadScenarios } from './dist/scenarios/load-scenarios.js';
import { loadTaxonomy } from './dist/taxonomy/load-taxonomy.js';
const { scenarios } = loadScenarios(loadTaxonomy());
const options = { phrases: loadPhrases(), maxTurns: 36, signal: new AbortController().signal };
for (const spec of ['offline:careful', 'offline:rushed']) {
  const agent = await openAgent(spec);
  for (const scenario of scenarios.slice(0, 20)) {
    const casting = castDialogue(1, scenario, 1, coverPersonas(1));
    console.log(JSON.stringify((await simulate(scenario, agent, casting, options)).turns));
  }
}`;

function transcripts(withRecognition: boolean): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'blind-'));
  for (const part of ['dist', 'datasets', 'hazard-taxonomy', 'package.json']) {
    cpSync(path.join(root, part), path.join(folder, part), {
      recursive: true,
      filter: (source) => withRecognition || !source.includes('recognition'),
    });
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  writeFileSync(path.join(folder, 'script.mjs'), script);
  const { stdout, stderr } = spawnSync(process.execPath, ['script.mjs'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout;
}

describe('agents and patient', () => {
  it('speak the same words where the recognition phrases do not exist', () => {
    const blind = transcripts(false);
    expect(blind.split('\n').length).toBeGreaterThan(40);
    expect(blind).toBe(transcripts(true));
  });
});
