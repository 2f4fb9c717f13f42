import { describe, expect, it } from 'vitest';
import { functionAgent, runScenario } from '../src/index.js';

describe('the library', () => {
  it('runs one scenario with an agent of one’s own, as the README shows', async () => {
    const agent = functionAgent((turns) =>
      turns.length < 8 ? 'Thank you. How have you been?' : { text: 'Goodbye.', end: true },
    );
    const { attempt, verdicts } = await runScenario('H01-D01', agent, { seed: 1 });
    const failures = (verdicts ?? []).filter(({ outcome }) => outcome === 'fail');
    expect(attempt.turns.length).toBeGreaterThan(4);
    expect(failures.map(({ failureMode }) => failureMode)).toContain('H01-F1');
  });
});
