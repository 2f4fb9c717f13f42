import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { JURY_RULES } from '../../src/judge/combine-verdicts.js';
import { loadPolicy } from '../../src/judge/policy/policy-view.js';
import { createLogger } from '../../src/logger.js';
import { loadPrices } from '../../src/models/budget.js';
import { loadJuryFile } from '../../src/judge/jury/jury-file.js';
import { openJury } from '../../src/judge/jury/open-jury.js';
import { planSchema } from '../../src/plan/plan.js';
import { openRunModels } from '../../src/runs/holding/run-models.js';
import { library } from '../fixtures.js';

const doc = readFileSync(new URL('../../docs/judges.md', import.meta.url), 'utf8');
const folder = mkdtempSync(path.join(tmpdir(), 'judges-docs-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

/** The doc's blocks of a language, each in a file of its own. */
function blocksOf(language: string): { file: string; text: string }[] {
  const blocks = doc.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'));
  return [...blocks].map(([, text = ''], index) => {
    const file = path.join(folder, `${index + 1}.${language}`);
    writeFileSync(file, text);
    return { file, text };
  });
}

const yaml = blocksOf('yaml');
const filesOf = (name: string) =>
  yaml.filter(({ text }) => text.startsWith(`# ${name}`)).map(({ file }) => file);
const juries = filesOf('jury.yaml');
const prices = filesOf('prices.yaml');

describe('docs/judges.md', () => {
  it('shows two jury files and a price file, and no other YAML', () => {
    expect([juries.length, prices.length, yaml.length]).toEqual([2, 1, 3]);
  });

  it('shows jury files that read as it says', () => {
    const [plain, weighted] = juries.map(loadJuryFile);
    expect(plain).toMatchObject({ rule: 'majority-with-review', second: 'openai:gpt-5' });
    expect(plain?.members.map(({ weight }) => weight)).toEqual([1, 1, 1, 1]);
    expect(weighted?.rule).toBe('weighted');
    expect(weighted?.members.map(({ weight }) => weight)).toEqual([2, 1, 1]);
  });

  it('shows prices in the currency that is the default', () => {
    const [file = ''] = prices;
    const { currency, models } = loadPrices(file);
    expect(currency).toBe('USD');
    expect(models['gpt-5-mini']).toEqual({ input: 0.25, output: 2 });
  });

  it('shows juries that open, with all their models in its price file', async () => {
    for (const name of ['OPENAI_API_KEY', 'GOOGLE_API_KEY']) vi.stubEnv(name, 'key-of-a-test');
    for (const name of ['OPENAI_BASE_URL', 'GOOGLE_BASE_URL']) vi.stubEnv(name, undefined);
    const plan = planSchema.parse({ costBudget: 1, prices: prices[0] });
    const { models } = openRunModels(plan, createLogger(undefined));
    for (const file of juries) {
      const { members, second } = loadJuryFile(file);
      const jury = await openJury({ judges: [`jury:${file}`] }, library.taxonomy, models);
      expect(jury.jurors).toHaveLength(members.length + (second === undefined ? 0 : 1));
    }
  });

  it('shows a policy that can be read', () => {
    const policies = blocksOf('markdown');
    expect(policies).toHaveLength(1);
    for (const { file } of policies) expect(loadPolicy(file).text).toContain('never names a dose');
  });

  it('explains every rule of a jury, and no other', () => {
    const [, section = ''] = /^## A jury file$(.*?)^## /ms.exec(doc) ?? [];
    const rules = [...section.matchAll(/^\| `([\w-]+)` /gm)].map(([, rule]) => rule);
    expect(rules.filter((rule) => rule !== 'rule')).toEqual([...JURY_RULES]);
  });
});
