import { describe, expect, it } from 'vitest';
import { createMeter } from '../../src/models/meter.js';

const prices = { currency: 'EUR', models: { m: { input: 1, output: 10 } } };
const usage = { inputTokens: 1000, outputTokens: 100 };

describe('createMeter', () => {
  it('counts calls, tokens and money, those of a recording as if asked now', () => {
    const meter = createMeter(prices);
    meter.count({ model: 'openai:m@http://127.0.0.1:8000/v1', ...usage, replayed: false });
    meter.count({ model: 'openai:m', ...usage, replayed: true });
    expect(meter.used).toEqual({
      calls: 2,
      replayed: 1,
      failed: 0,
      uncounted: 0,
      inputTokens: 2000,
      outputTokens: 200,
      cachedTokens: 0,
      money: 0.004,
      currency: 'EUR',
    });
  });

  it('prices input that the provider had kept apart, and at the full price where none is given', () => {
    const kept = { inputTokens: 1000, outputTokens: 100, cachedTokens: 600 };
    const cached = { ...prices, models: { m: { ...prices.models.m, cached: 0.1 } } };
    const moneyAt = (list: typeof prices) => {
      const meter = createMeter(list);
      meter.count({ model: 'openai:m', ...kept, replayed: false });
      expect(meter.used.cachedTokens).toBe(600);
      return meter.used.money;
    };
    expect(moneyAt(cached)).toBeCloseTo(0.00146, 8);
    expect(moneyAt(prices)).toBeCloseTo(0.002, 8);
  });

  it('says where a server does not count, and knows no money without a price', () => {
    const meter = createMeter(prices);
    meter.count({ model: 'openai:m', inputTokens: null, outputTokens: null, replayed: false });
    expect(meter.used).toMatchObject({ calls: 1, uncounted: 1, inputTokens: 0, money: 0 });
    meter.count({ model: 'openai:other', ...usage, replayed: false });
    expect(meter.used.money).toBeNull();
    expect(createMeter().used).toMatchObject({ money: null, currency: null });
  });

  it('counts a guard model at the price of the model that it is', () => {
    const meter = createMeter(prices);
    meter.count({ model: 'llama-guard:m@http://127.0.0.1:8000/v1', ...usage, replayed: false });
    expect(meter.used.money).toBeCloseTo(0.002);
  });
});
