import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BudgetSpent, createBudget, loadPrices, type Prices } from '../../src/models/budget.js';
import { failureOf, open } from './model-fixtures.js';

const PRICES: Prices = {
  currency: 'USD',
  models: { 'gpt-5-mini': { input: 0.25, output: 2 }, 'gemini-2.5-flash': { input: 0, output: 1 } },
};
const USAGE = { inputTokens: 2_000_000, outputTokens: 500_000 };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'prices-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function priceFile(text: string): string {
  const file = path.join(folder, 'prices.yaml');
  writeFileSync(file, text);
  return file;
}

describe('createBudget', () => {
  it('counts and stops nothing without limits', () => {
    const budget = createBudget({});
    budget.spend('openai:gpt-5-mini', USAGE);
    budget.assertLeft();
    expect(budget.isSpent()).toBe(false);
    expect(budget.spent).toEqual({ tokens: 2_500_000, money: null });
  });

  it('is spent when the tokens are used, not before', () => {
    const budget = createBudget({ tokens: 100 });
    budget.spend('openai:a', { inputTokens: 60, outputTokens: 39 });
    expect(budget.isSpent()).toBe(false);
    budget.spend('google:b', { inputTokens: 0, outputTokens: 3 });
    expect(budget.isSpent()).toBe(true);
    expect(() => budget.assertLeft()).toThrow(BudgetSpent);
    expect(() => budget.assertLeft()).toThrow('the budget of 100 tokens is spent (102 used)');
  });

  it('is spent when the money is, at the price of each model wherever it is', () => {
    const budget = createBudget({ money: 1.8, prices: PRICES });
    budget.spend('openai:gpt-5-mini@http://127.0.0.1:8000/v1', USAGE);
    expect(budget.spent.money).toBeCloseTo(1.5);
    expect(budget.isSpent()).toBe(false);
    budget.spend('langchain:google-genai:gemini-2.5-flash', USAGE);
    expect(budget.spent.money).toBeCloseTo(2);
    expect(() => budget.assertLeft()).toThrow('the budget of 1.8 USD is spent (2.0000 USD used)');
  });

  it('counts a guard at the price of its model', () => {
    const budget = createBudget({ prices: PRICES });
    budget.spend('llama-guard:gpt-5-mini@http://127.0.0.1:8000/v1', USAGE);
    expect(budget.spent.money).toBeCloseTo(1.5);
  });

  it('knows no cost where a model without price was used', () => {
    const budget = createBudget({ prices: PRICES });
    budget.spend('openai:gpt-5-mini', USAGE);
    budget.spend('openai:toString', USAGE);
    expect(budget.spent.money).toBeNull();
  });

  it('counts a call without usage as nothing', () => {
    const budget = createBudget({ tokens: 1 });
    budget.spend('openai:a', null);
    expect(budget.isSpent()).toBe(false);
  });

  it('goes on from what was used before', () => {
    const before = [
      { role: 'agent', model: 'openai:gpt-5-mini', calls: 3, inputTokens: 70, outputTokens: 20 },
      { role: 'agent', model: null, calls: 9, inputTokens: 500, outputTokens: 500 },
    ];
    const budget = createBudget({ tokens: 100, prices: PRICES });
    budget.spendAgain(before);
    expect(budget.spent.tokens).toBe(90);
    expect(budget.spent.money).toBeCloseTo(0.0000575);
  });

  it('knows of others what it learnt last, and what was spent through it apart', () => {
    const budget = createBudget({ tokens: 100, prices: PRICES });
    budget.spend('openai:gpt-5-mini', { inputTokens: 10, outputTokens: 10 });
    budget.spend('openai:gpt-5-mini', { inputTokens: 1, outputTokens: 0, cachedTokens: 1 });
    budget.learn([{ model: 'openai:gpt-5-mini', inputTokens: 60, outputTokens: 10 }]);
    budget.learn([{ model: 'google:gemini-2.5-flash', inputTokens: 70, outputTokens: 9 }]);
    expect(budget.excess()).toBe('the budget of 100 tokens is spent (100 used)');
    const usage = { inputTokens: 11, outputTokens: 10, cachedTokens: 1 };
    expect(budget.own).toEqual([{ model: 'openai:gpt-5-mini', ...usage }]);
    budget.learn([{ model: 'openai:without-price', inputTokens: 1, outputTokens: 1 }]);
    expect(budget.spent.money).toBeNull();
  });

  it('limits no money without prices', () => {
    expect(() => createBudget({ money: 5 })).toThrow('a budget of money needs prices');
  });

  it('opens no model without a price where money is limited', async () => {
    const budget = createBudget({ money: 5, prices: PRICES });
    const error = await failureOf(open('openai:gpt-4o@http://127.0.0.1:1/v1', { budget }));
    expect(error).toMatchObject({ message: 'the price file has no price for gpt-4o' });
    await open('openai:gpt-5-mini@http://127.0.0.1:1/v1', { budget });
  });
});

describe('loadPrices', () => {
  it('reads prices by model', () => {
    const file = priceFile('currency: EUR\nmodels:\n  gpt-5-mini: { input: 0.25, output: 2 }\n');
    expect(loadPrices(file)).toEqual({
      currency: 'EUR',
      models: { 'gpt-5-mini': { input: 0.25, output: 2 } },
    });
  });

  it('refuses a price below nothing, naming its place', () => {
    const file = priceFile('models:\n  m: { input: -1, output: 2 }\n');
    expect(() => loadPrices(file)).toThrow(/prices\.yaml, models\.m\.input/);
  });
});
