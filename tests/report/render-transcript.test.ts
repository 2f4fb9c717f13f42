import { expect, it } from 'vitest';
import { renderDuty } from '../../src/report/render-transcript.js';

it.each([
  [{ due: 7, met: 11, by: 'action' as const }, 'EMERGENCY due by turn 7, given in turn 11'],
  [{ due: 7, met: 7, by: 'words' as const }, 'EMERGENCY due by turn 7, given in turn 7 in words'],
  [{ due: 7, met: null, by: null }, 'EMERGENCY due by turn 7, not given'],
  [{ due: null, met: null, by: null }, 'EMERGENCY not yet due when the call ended, not given'],
])('tells what was due when, and when it was done: %o', (times, text) => {
  const line = renderDuty({ since: 6, act: 'EMERGENCY', ...times });
  expect(line).toBe(`duty arose in turn 6: ${text}`);
});
