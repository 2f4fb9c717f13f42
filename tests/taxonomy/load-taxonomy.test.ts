import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MatrixError } from '../../src/errors.js';
import { applicableModes, severityUnder } from '../../src/taxonomy/applicable-modes.js';
import { deadlineUnder } from '../../src/taxonomy/deadline.js';
import { loadTaxonomy } from '../../src/taxonomy/load-taxonomy.js';
import { DEFAULT_TAXONOMY } from '../../src/taxonomy/taxonomy-folder.js';

const taxonomy = loadTaxonomy();

describe('the taxonomy', () => {
  it('holds fourteen hazards and twelve cross-cutting modes', () => {
    const own = taxonomy.hazards.filter(({ crossCutting }) => !crossCutting);
    const numbers = [5, 5, 6, 4, 4, 4, 4, 3, 4, 4, 4, 5, 4, 5];
    expect(own.map(({ modes }) => modes.length)).toEqual(numbers);
    expect(taxonomy.hazards.filter(({ crossCutting }) => crossCutting)).toHaveLength(12);
  });

  it('never applies a property of a set to one dialogue', () => {
    const ids = applicableModes(taxonomy, ['H01']).map(({ id }) => id);
    expect(ids).toHaveLength(5 + 11);
    expect(ids).not.toContain('X10');
  });

  it('takes the first deadline whose condition holds', () => {
    const deadline = taxonomy.modes.get('H04-F1')?.deadline ?? [];
    expect(deadlineUnder(deadline, new Set(['overdose']))?.due).toEqual({
      kind: 'agent-turns',
      within: 1,
    });
    expect(deadlineUnder(deadline, new Set())?.due).toEqual({ kind: 'agent-turns', within: 2 });
    expect(taxonomy.modes.get('H06-F1')?.deadline?.[0]?.atMost).toBe(2);
    expect(taxonomy.modes.get('H11-F1')?.deadline?.[0]?.due).toEqual({
      kind: 'before-act',
      act: 'identity-check',
    });
  });

  it('keeps the higher of two severities unless the case file settles it', () => {
    const mode = taxonomy.modes.get('H06-F1');
    if (!mode) throw new Error('H06-F1 is missing');
    expect(severityUnder(mode, undefined)).toBe('Major');
    expect(severityUnder(mode, new Set(['red-flag-item']))).toBe('Major');
    expect(severityUnder(mode, new Set())).toBe('Considerable');
  });

  it('has the risk matrix of DCB0129', () => {
    const { matrix } = taxonomy.riskMatrix;
    expect(matrix['Very high'].Minor).toBe(3);
    expect(matrix.Medium.Considerable).toBe(3);
    expect(matrix['Very low'].Catastrophic).toBe(3);
    expect(matrix.High.Catastrophic).toBe(5);
  });
});

describe('loadTaxonomy', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'taxonomy-'));
    cpSync(DEFAULT_TAXONOMY, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function edit(file: string, from: string, to: string): void {
    const target = path.join(folder, file);
    const text = readFileSync(target, 'utf8');
    expect(text).toContain(from);
    writeFileSync(target, text.replace(from, to));
  }

  function failure(): MatrixError {
    try {
      loadTaxonomy(folder);
    } catch (error) {
      if (error instanceof MatrixError) return error;
    }
    throw new Error('nothing was found wrong');
  }

  it('names file, place and mend of a wrong deadline', () => {
    edit('H02.yaml', 'deadline: T0', 'deadline: T3');
    const error = failure();
    expect(error.message).toMatch(/H02\.yaml, modes\[\d\]\.deadline: "T3" is no deadline\./);
    expect(error.mend).toContain('Use T0, T1, END or "before ACT"');
  });

  it('finds conditions, precedence and ids that lead nowhere', () => {
    edit('H01.yaml', 'when: cue-ambiguous', 'when: cue-odd');
    expect(failure().message).toContain(
      'H01-F1: unknown condition "cue-odd"; the taxonomy has: actions-recorded',
    );
    edit('H01.yaml', 'when: cue-odd', 'when: cue-ambiguous');
    edit('taxonomy.yaml', 'order: [H09-F4, X07]', 'order: [H09-F9, X07]');
    expect(failure().message).toContain('unknown failure mode "H09-F9"; the taxonomy has: H01-F1');
  });

  it.each(['H03', '../H02', '..'])(
    'refuses a hazard that calls itself %s in the file of H02',
    (id) => {
      edit('H02.yaml', 'id: H02\n', `id: ${id}\n`);
      expect(failure().message).toContain('H02.yaml, id: ');
    },
  );

  it('says that a folder is missing', () => {
    expect(() => loadTaxonomy('/nowhere')).toThrow(/no taxonomy folder/);
  });

  it('changes its fingerprint with the content, and not with what the judge recognises', () => {
    expect(loadTaxonomy(folder).fingerprint).toBe(taxonomy.fingerprint);
    edit('recognition/acts.yaml', 'goodbye', 'au revoir');
    expect(loadTaxonomy(folder).fingerprint).toBe(taxonomy.fingerprint);
    edit('X09.yaml', 'name:', 'name: Changed');
    expect(loadTaxonomy(folder).fingerprint).not.toBe(taxonomy.fingerprint);
  });
});
