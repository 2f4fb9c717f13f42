import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MatrixError } from '../../../src/errors.js';
import { readWorkbook } from '../../../src/review/workbook/read-workbook.js';
import { writeWorkbook } from '../../../src/review/workbook/write-workbook.js';
import type { FilledSheet, ReviewSheet } from '../../../src/review/sheet.js';
import { hostileText } from './hostile-text.js';
import { edit, ITEMS, itemOf, realismSheet, safetySheet, temporaryWorkbook } from './sheets.js';

type Labels = Extract<FilledSheet, { items: unknown }>;
type Change = Parameters<typeof edit>[1];

async function filled(sheet: ReviewSheet, change: Change = () => undefined): Promise<FilledSheet> {
  const file = temporaryWorkbook();
  await writeWorkbook(sheet, file);
  await edit(file, change);
  return readWorkbook(file);
}

async function labels(change: Change, sheet = safetySheet()): Promise<Labels> {
  return (await filled(sheet, change)) as Labels;
}

const answer: Change = (sheet) => {
  const page = sheet('Labels');
  page.getCell('B3').value = 'yes';
  page.getCell('C3').value = 'H01-F1 Failure number 1';
  page.getCell('D3').value = 3;
  page.getCell('F3').value = {
    richText: [{ text: 'heavy ' }, { text: 'arm', font: { bold: true } }],
  };
  page.getCell('B4').value = 'no';
  page.getCell('F4').value = '_x0041_ ok';
  page.getCell('A5').value = 'K7Q2';
  page.getCell('C5').value = 'H02-F1 Failure number 2';
  page.getCell('E5').value = 'Major';
};

describe('workbook that came back', () => {
  it('gives what was put into it, with the places', async () => {
    const { pack, reviewer, study, items, findings } = await labels(answer);
    expect([pack.text, reviewer.text, study]).toEqual(['pack-1', 'Dr Ås & "Co"', 'safety']);
    expect(
      items.map(({ code, transcript, unsafe }) => [code.text, transcript.text, unsafe]),
    ).toEqual([
      ['K7Q2', ITEMS[0]?.transcript, { text: 'yes', at: 'sheet Labels, cell B3' }],
      ['M3PX', ITEMS[1]?.transcript, { text: 'no', at: 'sheet Labels, cell B4' }],
    ]);
    expect(findings.map(textsOf)).toEqual([
      ['K7Q2', 'H01-F1 Failure number 1', '3', '', 'heavy arm'],
      ['K7Q2', 'H02-F1 Failure number 2', '', 'Major', ''],
    ]);
    expect(findings[1]?.severity.at).toBe('sheet Labels, cell E5');
  });

  it('has an item for each dialogue that nobody answered', async () => {
    const { items, findings } = await labels(() => undefined);
    expect(items.map(({ unsafe }) => unsafe.text)).toEqual(['', '']);
    expect(findings).toEqual([]);
  });

  it('keeps two answers for one dialogue, rows of no dialogue, and lone comments', async () => {
    const { items, findings } = await labels((sheet, book) => {
      answer(sheet, book);
      sheet('Labels').getCell('A6').value = 'K7Q2';
      sheet('Labels').getCell('B6').value = 'no';
      sheet('Labels').getCell('C7').value = 'H03-F1 Failure number 3';
      sheet('Labels').getCell('A8').value = 'M3PX';
      sheet('Labels').getCell('F8').value = 'and this';
    });
    expect(items.map(({ code, unsafe }) => [code.text, unsafe.text])).toEqual([
      ['K7Q2', 'yes'],
      ['K7Q2', 'no'],
      ['M3PX', 'no'],
    ]);
    expect(findings.slice(2).map(textsOf)).toEqual([
      ['', 'H03-F1 Failure number 3', '', '', ''],
      ['M3PX', '', '', '', 'and this'],
    ]);
  });

  it('reads what a person or a program made of a cell', async () => {
    const { items, findings } = await labels((sheet, book) => {
      answer(sheet, book);
      sheet('Labels').getCell('B4').value = { formula: '"n"&"o"', result: 'no' };
      sheet('Labels').getCell('F4').value = true;
      sheet('Labels').getCell('D5').value = new Date('2026-03-04');
      // A style of its own: cells share theirs.
      sheet('Labels').getCell('D5').style = { numFmt: 'dd/mm/yyyy' };
      sheet('Labels').getCell('F5').value = { text: 'see', hyperlink: 'https://localhost/' };
    });
    expect([items[1]?.unsafe.text, items[1]?.comment.text]).toEqual(['no', 'true']);
    expect([findings[1]?.turn.text, findings[1]?.comment.text]).toEqual(['2026-03-04', 'see']);
  });

  it('still reads after rows were inserted and sorted, columns and sheets added', async () => {
    const { items, findings } = await labels((sheet, book) => {
      answer(sheet, book);
      const page = sheet('Labels');
      const [third, fifth] = [3, 5].map((row) =>
        [1, 2, 3, 4, 5, 6].map((at) => page.getRow(row).getCell(at).value),
      );
      page.getRow(3).values = fifth ?? [];
      page.getRow(5).values = third ?? [];
      page.spliceColumns(1, 0, ['mine', 'mine']);
      page.spliceRows(1, 0, ['a note to you']);
      page.getCell('C6').note = 'not sure of the rest';
      book.addWorksheet('Notes').addRow(['mine']);
      const transcripts = sheet('Transcripts');
      const [one, two] = [3, 4].map((row) => transcripts.getRow(row).values);
      transcripts.getRow(3).values = two ?? [];
      transcripts.getRow(4).values = one ?? [];
    });
    const found = items.map(({ code, transcript, unsafe }) => [
      code.text,
      transcript.text,
      unsafe.text,
    ]);
    expect(found.sort()).toEqual([
      ['K7Q2', ITEMS[0]?.transcript, 'yes'],
      ['M3PX', ITEMS[1]?.transcript, 'no'],
    ]);
    expect(items.find(({ code }) => code.text === 'K7Q2')?.unsafe.at).toBe('sheet Labels, cell C6');
    expect(findings.map(textsOf).map(([, mode]) => mode)).toEqual([
      'H02-F1 Failure number 2',
      'H01-F1 Failure number 1',
    ]);
  });

  it('finds out changed, added and missing words', async () => {
    const change = async (edited: Change) =>
      (await labels(edited)).items.map(({ transcript }) => transcript);
    const [ours, other] = await change((sheet) => {
      sheet('Transcripts').getCell('D4').value = 'How are you to-day?';
    });
    expect(ours).toEqual({ text: 'changed', at: 'sheet Transcripts, row 3' });
    expect(other?.text).toBe(ITEMS[1]?.transcript);
    const [added] = await change((sheet) =>
      sheet('Transcripts').addRow(['K7Q2', 9, 'Agent', 'Bye.']),
    );
    const [, missing] = await change((sheet) => sheet('Transcripts').spliceRows(8, 2));
    expect([added?.text, missing?.text]).toEqual(['changed', 'changed']);
  });

  it('knows hostile words again', async () => {
    const dialogue = fc.array(hostileText, { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(dialogue, hostileText, async (texts, pack) => {
        const item = itemOf(
          'K7Q2',
          texts.map((text) => ({ role: 'patient', text })),
        );
        const file = temporaryWorkbook();
        await writeWorkbook({ ...safetySheet([item]), pack }, file);
        const read = (await readWorkbook(file)) as Labels;
        expect(read.pack.text).toBe(pack);
        expect(read.items[0]?.transcript.text).toBe(item.transcript);
      }),
      { numRuns: 25 },
    );
  });

  it('gives the answers to pairs, of long ones too', async () => {
    const long = 'well, '.repeat(400);
    const read = await filled(realismSheet(long), (sheet) => {
      sheet('Pairs').getCell('E2').value = 'tie';
      sheet('Pairs').getCell('F2').value = 4;
    });
    expect(read).toMatchObject({
      study: 'realism',
      pairs: [
        {
          transcript: { text: realismSheet(long).items[0]?.transcript },
          preferred: { text: 'tie', at: 'sheet Pairs, cell E2' },
          ratings: { first: { text: '4' }, second: { text: '' } },
        },
      ],
    });
  });
});

function textsOf(finding: Labels['findings'][number]): string[] {
  const { code, mode, turn, severity, comment } = finding;
  return [code, mode, turn, severity, comment].map(({ text }) => text);
}

describe('file that is no review workbook', () => {
  const failing = async (file: string) => {
    const error: unknown = await readWorkbook(file).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(MatrixError);
    expect((error as MatrixError).mend).not.toBe('');
    return (error as MatrixError).message.replace(file, 'FILE');
  };
  const without = async (name: string) => {
    const file = temporaryWorkbook();
    await writeWorkbook(safetySheet(), file);
    await edit(file, (_, book) => book.removeWorksheet(name));
    return failing(file);
  };

  it.each(['Key', 'Labels', 'Transcripts'])('is refused without its sheet %s', async (name) => {
    expect(await without(name)).toBe(`FILE: has no sheet ${name}`);
  });

  it('is refused without a column', async () => {
    const file = temporaryWorkbook();
    await writeWorkbook(safetySheet(), file);
    await edit(file, (sheet) => (sheet('Labels').getCell('C2').value = 'Mode?'));
    expect(await failing(file)).toMatch(/^FILE, sheet Labels: has no row of headings Dialogue, /);
  });

  it('is refused where it is missing, text, cut short or too large', async () => {
    const file = temporaryWorkbook();
    expect(await failing(file)).toBe('FILE: cannot be read (ENOENT)');
    writeFileSync(file, 'code,unsafe\n');
    expect(await failing(file)).toMatch(/^FILE: cannot be read as a workbook/);
    await writeWorkbook(safetySheet(), file);
    writeFileSync(file, readFileSync(file).subarray(0, 5_000));
    expect(await failing(file)).toMatch(/^FILE: cannot be read as a workbook/);
    truncateSync(file, 51 * 2 ** 20);
    expect(await failing(file)).toBe('FILE: is larger than 50 MB');
  });
});
