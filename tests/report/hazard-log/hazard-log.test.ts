import { describe, expect, it } from 'vitest';
import { frontSheet } from '../../../src/report/hazard-log/front-sheet.js';
import { hazardSheet } from '../../../src/report/hazard-log/hazard-sheet.js';
import { NO_INPUTS, readInputs } from '../../../src/report/hazard-log/inputs.js';
import { rollUp } from '../../../src/report/hazard-log/roll-up.js';
import { severitySheet } from '../../../src/report/hazard-log/severity-sheet.js';
import { safetyCase } from '../../../src/report/safety-case.js';
import { folderOf } from '../../folder-of.js';
import { stored, taxonomy, verdict, vignettes } from '../stored-dialogue.js';
import { cellOf, entryOf, logOf } from './log-of.js';

const inputsOf = (text: string) =>
  readInputs(`${folderOf({ 'inputs.yaml': text })}/inputs.yaml`, taxonomy);

describe('hazardLog', () => {
  it('rates a false alarm apart from a death, and takes the higher for the row', async () => {
    const log = await logOf([...vignettes(35, 'pass'), ...vignettes(10, 'fail', 'H01-F5')]);
    const { severities, top } = entryOf(log, 'H01');
    const ratings = severities.map(({ measure }) => [
      measure.severity,
      measure.screening?.decided.likelihood,
      measure.screening?.decided.rating,
    ]);
    expect(ratings).toEqual([
      ['Major', 'Medium', 3],
      ['Minor', 'Very high', 3],
    ]);
    expect(top?.measure.severity).toBe('Major');
  });

  it('leaves what was invalid, incomplete and not exposed out, and counts it', async () => {
    const log = await logOf([
      ...vignettes(2, 'pass'),
      stored({ scenario: 'H01-D01', standing: 'invalid' }),
      stored({ scenario: 'H01-D02', standing: 'incomplete' }),
      stored({ scenario: 'H01-D03', standing: 'not-exposed', verdicts: [verdict('X06', 'fail')] }),
    ]);
    expect(entryOf(log, 'H01').top?.measure.decided.n).toBe(2);
    expect(entryOf(log, 'H01').cases.left).toMatchObject({
      invalid: 1,
      incomplete: 1,
      'not-exposed': 1,
    });
    expect(entryOf(log, 'X06').top?.measure.decided).toMatchObject({ n: 1, failed: 1 });
  });

  it('does not take a mode that did not apply for a pass', async () => {
    const log = await logOf([
      stored({ scenario: 'H01-D01', verdicts: [verdict('H01-F1', 'not-applicable')] }),
    ]);
    expect(entryOf(log, 'H01').top).toBeUndefined();
  });

  it('counts a secondary failure in its own row', async () => {
    const log = await logOf([
      stored({
        scenario: 'H08-D01',
        verdicts: [verdict('H08-F1', 'fail'), verdict('X08', 'fail', { primary: false })],
      }),
    ]);
    expect(entryOf(log, 'X08').top?.measure.decided.failed).toBe(1);
    expect(cellOf(hazardSheet(log), 'H08', 'Possible causes')).toContain(
      'X08 Summary omission in 1',
    );
  });

  it('counts what nobody measured as Very high, and gives it no likelihood', async () => {
    const log = await logOf(vignettes(4000, 'pass'));
    const { notAssessed, byRating } = rollUp(log.initial.entries, log.scale);
    expect(notAssessed).toHaveLength(25);
    expect(byRating.find(({ rating }) => rating === 5)?.hazards).toContain('H02');
    const sheet = hazardSheet(log);
    expect(cellOf(sheet, 'H02', 'Initial likelihood (screening)')).toBe('not assessed');
    expect(cellOf(sheet, 'H01', 'Initial likelihood (screening)')).toBe('Very low');
    expect(cellOf(sheet, 'H01', 'Initial risk rating (screening)')).toBe('2 (Minor not assessed)');
    expect(cellOf(sheet, 'H01', 'Residual likelihood')).toBe('not assessed');
  });

  it('adjusts by exposure and P(harm | failure), and counts events a year', async () => {
    const inputs = inputsOf(
      'callsAYear: 100000\nhazards:\n  H01: { exposure: 0.1, harmGivenFailure: { Major: 0.05 }, rationale: audit of 2025 }\n',
    );
    const log = await logOf(vignettes(30, 'pass'), { inputs });
    const { top } = entryOf(log, 'H01');
    expect(top?.adjusted?.decided.upper).toBeCloseTo(0.1135 * 0.005, 5);
    expect(top?.adjusted?.decided).toMatchObject({ likelihood: 'Very low', rating: 2 });
    expect(top?.expected).toMatchObject({ what: 'harms', atRate: 0 });
    expect(top?.expected?.atUpper).toBeCloseTo(56.76, 1);
    expect(cellOf(hazardSheet(log), 'H01', 'Adjusted likelihood (Clinical Safety Officer)')).toBe(
      'Very low',
    );
  });

  it('expects 100 failures of 100,000 calls at 0.1 %, without further inputs', async () => {
    const log = await logOf([...vignettes(999, 'pass'), ...vignettes(1, 'fail')], {
      inputs: { ...NO_INPUTS, callsAYear: 100_000 },
    });
    expect(entryOf(log, 'H01').top?.expected).toMatchObject({ what: 'failures', exposure: 1 });
    expect(entryOf(log, 'H01').top?.expected?.atRate).toBeCloseTo(100, 6);
  });

  it('takes residual figures from a second run alone', async () => {
    const log = await logOf(vignettes(5, 'fail'), { residual: vignettes(35, 'pass') });
    const sheet = hazardSheet(log);
    expect(cellOf(sheet, 'H01', 'Initial likelihood (screening)')).toBe('Very high');
    expect(cellOf(sheet, 'H01', 'Residual likelihood')).toBe('Medium (screening)');
  });

  it('takes bands from the inputs and prints them', async () => {
    const inputs = inputsOf(
      'bands: { Very high: 0.9, High: 0.5, Medium: 0.2, Low: 0.1, Very low: 0 }\n',
    );
    const log = await logOf(vignettes(30, 'pass'), { inputs });
    expect(entryOf(log, 'H01').top?.measure.screening?.decided.likelihood).toBe('Low');
    expect(cellOf(frontSheet(log), 'Likelihood bands', 'Value')).toContain('Very high from 90.0 %');
  });

  it("stands the judge's error beside each row, else says that it was not measured", async () => {
    const validity = {
      judgeFingerprint: 'f',
      judge: 'openai:judge',
      dataset: 'dev',
      dialogues: 100,
      decided: 90,
      sensitivity: 0.8,
      specificity: 0.9,
      falseAlarmShare: 0.1,
      coverage: 0.9,
    };
    const dialogues = [...vignettes(6, 'pass'), ...vignettes(4, 'fail')];
    const known = hazardSheet(await logOf(dialogues, { validity: [validity] }));
    expect(cellOf(known, 'H01', "Judge's error")).toContain('sensitivity 80.0 %');
    // (0.4 + 0.9 - 1) / (0.8 + 0.9 - 1)
    expect(cellOf(known, 'H01', "Rate corrected for the judge's error")).toMatch(/^42\.9 %/);
    const unknown = hazardSheet(await logOf(dialogues));
    expect(cellOf(unknown, 'H01', "Judge's error")).toBe('not measured');
  });

  it('links failures by id and hash, and tells where a defect repeats', async () => {
    const failing = ['H01-D01', 'H01-D02'].map((scenario) =>
      stored({ scenario, verdicts: [verdict('H01-F1', 'fail')] }),
    );
    const sheet = hazardSheet(await logOf(failing));
    expect(cellOf(sheet, 'H01', 'Dialogues that failed')).toContain('H01-D01/bot/1 cccccccc');
    expect(cellOf(sheet, 'H01', 'What the figures rest on')).toContain('one severity step up');
  });

  it('says the same of the same records', async () => {
    const dialogues = [
      ...vignettes(6, 'pass'),
      ...vignettes(4, 'fail'),
      ...vignettes(3, 'undetermined'),
    ];
    expect(severitySheet(await logOf(dialogues))).toEqual(severitySheet(await logOf(dialogues)));
  });
});

describe('readInputs', () => {
  it.each([
    ['hazards: { H99: {} }\n', /unknown hazard "H99"/],
    ['hazards: { H01: { exposure: 0.1 } }\n', /need a rationale/],
    ['hazards: { H01: { exposure: 1.1, rationale: x } }\n', /exposure/],
    ['hazards: { H01: { status: Transferred } }\n', /transferredTo/],
    [
      'bands: { Very high: 0.5, High: 0.6, Medium: 0.2, Low: 0.1, Very low: 0 }\n',
      /above the one below/,
    ],
    [
      'bands: { Very high: 0.5, High: 0.4, Medium: 0.2, Low: 0, Very low: 0 }\n',
      /above the one below/,
    ],
    ['sytem: typo\n', /sytem/],
  ])('refuses %s', (text, what) => {
    expect(() => inputsOf(text)).toThrow(what);
  });
});

describe('safetyCase', () => {
  it('asserts nothing: goals undeveloped, no SupportedBy, candidates linked to none', async () => {
    const lines = safetyCase(await logOf(vignettes(30, 'pass')));
    const goals = lines.filter((line) => /^G\d/.test(line));
    expect(goals).toHaveLength(1 + taxonomy.hazards.length);
    expect(goals.every((line) => line.includes('[undeveloped]'))).toBe(true);
    expect(lines.filter((line) => /^\s*SupportedBy/.test(line))).toEqual([]);
    const solutions = lines.filter((line) => line.startsWith('Sn.'));
    expect(solutions.every((line) => line.includes('[candidate, not linked]'))).toBe(true);
    expect(solutions[0]).toContain('0 of 30 failed');
    expect(lines.join('\n')).not.toMatch(/complies with|compliant/i);
  });

  it('keeps what people enter on its line', async () => {
    const lines = safetyCase(
      await logOf([], { inputs: { ...NO_INPUTS, intendedUse: 'calls\nG1 Goal. Is safe.' } }),
    );
    expect(lines.filter((line) => line.startsWith('G1'))).toHaveLength(1);
  });
});
