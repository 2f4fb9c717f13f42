import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { load } from 'js-yaml';
import { MatrixError } from '../../src/errors.js';
import { importMapSchema } from '../../src/labelled/import-map.js';
import { importTranscripts } from '../../src/labelled/import-transcripts.js';
import { readRows, type Row } from '../../src/labelled/read-rows.js';
import { unknownSpeakers } from '../../src/labelled/unknown-speakers.js';
import { newFolder } from '../cli/matrix-sim.js';

const LINES = { column: 'text', format: 'lines', agent: ['Nurse', 'Dora'], patient: ['Pat'] };
const JSON_MAP = {
  ...{ column: 'log', format: 'json', role: 'from', text: 'say' },
  ...{ agent: ['bot'], patient: ['caller'] },
};
const SAME = { column: 'turns', format: 'same' };
const TALK = 'Nurse: Hello.\nPat: Hi.';

function imported(rows: readonly Row[], map: object) {
  return importTranscripts(rows, importMapSchema.parse(map), 'calls.csv');
}

function faultOf(work: () => unknown): { message: string; mend: string } {
  try {
    work();
  } catch (error) {
    if (error instanceof MatrixError) return { message: error.message, mend: error.mend };
    throw error;
  }
  throw new Error('nothing was thrown');
}

function linesOf(text: string) {
  const [dialogue] = imported([{ text }], { transcript: LINES });
  return dialogue?.turns.map(({ role, text }) => `${role}: ${text}`);
}

function written(name: string, content: string): string {
  const file = path.join(newFolder(), name);
  writeFileSync(file, content);
  return file;
}

describe('format lines', () => {
  it('reads a line a turn, whatever the letter case of the speaker', () => {
    expect(linesOf('Nurse: Hello: who is it?\r\n\r\n pat : Me.\nDORA:Good.')).toEqual([
      'agent: Hello: who is it?',
      'patient: Me.',
      'agent: Good.',
    ]);
  });

  it('adds lines without a known speaker to the turn before, and merges one speaker’s turns', () => {
    expect(linesOf('Nurse: One.\nand two\nDora: Three.\nPat: Note: four.\nlate: five')).toEqual([
      'agent: One. and two Three.',
      'patient: Note: four. late: five',
    ]);
  });

  it('opens the call where the patient speaks first', () => {
    expect(linesOf('Pat: Hello?\nNurse: Hello.')).toEqual([
      'agent: (call opens)',
      'patient: Hello?',
      'agent: Hello.',
    ]);
  });

  it('finds what looks like a speaker that the map does not name', () => {
    const rows = [{ text: `${TALK}\nDr Lee: Stop.` }, { text: `${TALK}\nDr Lee: Go.\nso: no` }];
    const map = importMapSchema.parse({ transcript: LINES });
    expect([...unknownSpeakers(rows, map)]).toEqual([['Dr Lee', 2]]);
  });
});

describe('formats json and same', () => {
  const log = [
    { from: 'Bot', say: ' Hello. ', at: 3 },
    { from: 'caller', say: 'Hi.' },
    { from: 'caller', say: 'It is me.' },
  ];
  const turns = [
    { role: 'agent', text: 'Hello.' },
    { role: 'patient', text: 'Hi. It is me.' },
  ];

  it.each([
    ['a list', log],
    ['text', JSON.stringify(log)],
  ])('json reads %s', (_, cell) => {
    expect(imported([{ log: cell }], { transcript: JSON_MAP })[0]?.turns).toEqual(turns);
  });

  it('same keeps rows of our own form as they are', () => {
    const file = path.join(import.meta.dirname, '../../datasets/labelled/dev.jsonl');
    expect(imported(readRows(file), { transcript: SAME })).toEqual(readRows(file));
  });
});

describe('columns', () => {
  it('takes id, hazard, domain, scenario and unsafe, and keeps the others', () => {
    const row = { nr: 7, kind: 'x', area: 'Emergency', ward: 'D01', case: '', text: TALK, age: 4 };
    const map = { id: 'nr', hazard: 'area', domain: 'ward', scenario: 'case', transcript: LINES };
    const values = { hazard: { Emergency: 'H01' } };
    const [dialogue] = imported([row], { ...map, values });
    expect(dialogue).toMatchObject({ id: '7', hazard: 'H01', domain: 'D01', age: 4 });
    expect(dialogue).toMatchObject({ source_kind: 'x' });
    for (const field of ['kind', 'scenario', 'area', 'text', 'unsafe']) {
      expect(dialogue).not.toHaveProperty(field);
    }
  });

  it('numbers rows without an id, and loses no column that is called id', () => {
    const rows = [
      { text: TALK, id: 'a' },
      { text: TALK, id: 'b' },
    ];
    const dialogues = imported(rows, { transcript: LINES });
    expect(dialogues.map(({ id, source_id }) => [id, source_id])).toEqual([
      ['1', 'a'],
      ['2', 'b'],
    ]);
  });

  it.each([
    [['true', 'TRUE', '1', 'Yes', true, 1], true],
    [['false', 'False', '0', 'NO', false, 0], false],
    [['', ' ', null, undefined], undefined],
  ])('reads %j as unsafe: %s', (cells, unsafe) => {
    const rows = cells.map((bad) => ({ text: TALK, bad }));
    const dialogues = imported(rows, { unsafe: 'bad', transcript: LINES });
    expect(dialogues.map((dialogue) => dialogue.unsafe)).toEqual(cells.map(() => unsafe));
  });
});

describe('what cannot be read', () => {
  const good = { text: TALK, log: [{ from: 'bot', say: 'Hello.' }], turns: [], n: '1' };
  it.each<[string, object, object, string, string]>([
    ['no speaker', LINES, { text: 'Eve: Hi.' }, 'row 2, column text: begins without', 'Add the'],
    ['empty text', LINES, { text: ' \n' }, 'row 2, column text: is empty', 'take the row out'],
    ['missing text', LINES, { text: null }, 'row 2, column text: is empty', 'take the row out'],
    ['a list as lines', LINES, { text: [] }, 'row 2, column text: is no text', 'format: json'],
    ['no agent', LINES, { text: 'Pat: Hi.' }, 'column text: holds no words of the', 'names under'],
    ['no JSON', JSON_MAP, { log: "[{'a'" }, 'row 2, column log: not valid JSON', 'json.dumps'],
    ['other role', JSON_MAP, { log: [{ from: 'Eve', say: '' }] }, 'log, entry 1: "eve" is', 'Add'],
    ['no words', JSON_MAP, { log: [{ from: 'bot', to: 1 }] }, 'entry 1: "say" is no', 'from, to'],
    ['no entries', JSON_MAP, { log: [] }, 'row 2, column log, top level', 'Mend'],
  ])('%s: names row, column and mend', (_, transcript, row, message, mend) => {
    const fault = faultOf(() => imported([good, row as Row], { transcript }));
    expect(fault.message).toContain('calls.csv, row 2, column');
    expect(fault.message).toContain(message);
    expect(fault.mend).toContain(mend);
  });

  it.each<[object, object, string, string]>([
    [{ unsafe: 'n' }, { n: 'maybe' }, 'row 1, column n: "maybe" is neither', 'yes or no'],
    [{ id: 'n' }, { n: ' ' }, 'row 1, column n: is empty', 'leave id out'],
    [{ hazard: 'n' }, { n: [] }, 'row 1, column n: is no single value', 'Write text'],
    [{ hazard: 'm' }, { n: '' }, 'calls.csv: has no column "m"', 'the columns are: text, n'],
  ])('%j: names the column and the mend', (map, row, message, mend) => {
    const fault = faultOf(() => imported([{ text: TALK, ...row }], { ...map, transcript: LINES }));
    expect(fault.message).toContain(message);
    expect(fault.mend).toContain(mend);
  });

  it('has an id for each row alone, which verdicts are kept by', () => {
    const rows = ['a', 'b', 'a'].map((n) => ({ text: TALK, n }));
    const fault = faultOf(() => imported(rows, { id: 'n', transcript: LINES }));
    expect(fault.message).toBe('calls.csv, row 3: the id "a" is that of row 1');
    expect(fault.mend).toContain('unique ids');
  });

  it('has at least one row', () => {
    expect(faultOf(() => imported([], { transcript: LINES })).message).toContain('has no rows');
  });
});

describe('the map', () => {
  it.each([
    ['an unknown key', { transcript: LINES, hasard: 'x' }],
    ['an unknown format', { transcript: { ...LINES, format: 'xml' } }],
    ['lines without speakers', { transcript: { column: 'text', format: 'lines' } }],
    ['a speaker on both sides', { transcript: { ...LINES, patient: ['nurse'] } }],
    ['no transcript', { id: 'n' }],
  ])('refuses %s', (_, map) => {
    expect(importMapSchema.safeParse(map).success).toBe(false);
  });

  it('of each example in the documentation is valid', () => {
    const guide = path.join(import.meta.dirname, '../../docs/import.md');
    const maps = [...readFileSync(guide, 'utf8').matchAll(/```yaml\n(.*?)```/gs)];
    expect(maps).toHaveLength(2);
    for (const [, map = ''] of maps) importMapSchema.parse(load(map));
  });
});

describe('files', () => {
  it('reads quoted cells over several lines, a byte order mark, and undoes one escape', () => {
    const text =
      '\uFEFFid,text,sum\r\n1,"Nurse: ""Hi"",\nPat: Yes.","\'=1+1"\r\n2,\'\'-x,\'tis\r\n';
    expect(readRows(written('calls.CSV', text))).toEqual([
      { id: '1', text: 'Nurse: "Hi",\nPat: Yes.', sum: '=1+1' },
      { id: '2', text: "'-x", sum: "'tis" },
    ]);
  });

  it.each([
    ['calls.csv', 'a,b\n1\n', 'not valid CSV'],
    ['calls.csv', 'a,"b\n1', 'not valid CSV'],
    ['calls.csv', 'a,a\n1,2\n', 'column "a" is there twice'],
    ['calls.ndjson', '{"a":1}\n{a}\n', 'ndjson:2: not valid JSON'],
    ['calls.xlsx', '', 'no file to import'],
  ])('%s %j: %s', (name, content, message) => {
    expect(faultOf(() => readRows(written(name, content))).message).toContain(message);
  });
});
