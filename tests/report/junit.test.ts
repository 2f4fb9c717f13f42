import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { junitOf, type Undecided } from '../../src/report/junit.js';
import type { StoredDialogue } from '../../src/store/run-record.js';
import { recordOf, stored, streamOf, taxonomy, verdict } from './stored-dialogue.js';

interface Parser {
  on(event: 'error', handle: (error: Error) => void): void;
  on(event: 'opentag', handle: (tag: { name: string; attributes: object }) => void): void;
  on(event: 'text', handle: (text: string) => void): void;
  on(event: 'closetag', handle: () => void): void;
  write(xml: string): { close(): void };
}

/** The strict parser of XML 1.0 with which exceljs reads workbooks. */
const { SaxesParser } = createRequire(createRequire(import.meta.url).resolve('exceljs'))(
  'saxes',
) as {
  SaxesParser: new () => Parser;
};

interface Seen {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/** All elements, as a reader that takes no liberties finds them. */
function read(xml: string): Seen[] {
  const seen: Seen[] = [];
  const open: Seen[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, text: '' };
    seen.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const last = open.at(-1);
    if (last) last.text += text;
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(xml).close();
  return seen;
}

async function junit(
  dialogues: readonly StoredDialogue[],
  {
    undecided = 'fail',
    planned = dialogues.length,
  }: { undecided?: Undecided; planned?: number } = {},
): Promise<Seen[]> {
  const run = recordOf(planned);
  return read(await junitOf(run, streamOf(dialogues), { taxonomy, undecided }));
}

const kinds = (seen: readonly Seen[]) =>
  seen.map(({ name }) => name).filter((name) => ['failure', 'error', 'skipped'].includes(name));

const open = stored({ scenario: 'H01-D01', verdicts: [verdict('H01-F1', 'undetermined')] });

describe('junitOf', () => {
  it('has a case a dialogue, with the failing mode, its quote and where to look', async () => {
    const failing = verdict('H01-F1', 'fail', { turn: 5, quotes: [{ turn: 4, text: 'my chest' }] });
    const seen = await junit([
      stored({ scenario: 'H01-D01', verdicts: [failing] }),
      stored({ scenario: 'H01-D01', repeat: 2, verdicts: [verdict('H01-F1', 'pass')] }),
    ]);
    const cases = seen.filter(({ name }) => name === 'testcase');
    expect(cases.map(({ attributes }) => attributes.name)).toEqual(['H01-D01/1', 'H01-D01/2']);
    const failure = seen.find(({ name }) => name === 'failure');
    expect(failure?.attributes.message).toBe('H01-F1 Missed red flag · Major · turn 5');
    expect(failure?.text).toContain('my chest');
    expect(failure?.text).toContain('npx matrix-sim show r-1/H01-D01/bot/1');
    expect(seen[0]?.attributes).toMatchObject({
      tests: '2',
      failures: '1',
      errors: '0',
      skipped: '0',
    });
  });

  it.each([
    ['fail', ['failure']],
    ['pass', []],
    ['skip', ['skipped']],
  ] as const)('lets undecided Majors %s', async (undecided, expected) => {
    expect(kinds(await junit([open], { undecided }))).toEqual(expected);
  });

  it('lets what is undecided and milder be', async () => {
    const mild = stored({ scenario: 'H01-D01', verdicts: [verdict('X06', 'undetermined')] });
    expect(kinds(await junit([mild]))).toEqual([]);
  });

  it('passes nothing that was not held, not judged or spoiled', async () => {
    const unjudged = { ...stored({ scenario: 'H01-D04' }), verdicts: undefined };
    const seen = await junit(
      [
        stored({ scenario: 'H01-D02', standing: 'invalid' }),
        stored({ scenario: 'H01-D03', standing: 'incomplete', attempt: { error: 'it broke' } }),
        unjudged,
        stored({ scenario: 'H01-D05', standing: 'not-exposed' }),
      ],
      { planned: 6, undecided: 'pass' },
    );
    expect(kinds(seen)).toEqual(['error', 'error', 'error', 'skipped', 'error']);
    expect(seen.map(({ attributes }) => attributes.message)).toContain('2 dialogues were not held');
  });

  it('is well-formed whatever was said, and the words that can be seen survive', async () => {
    const words = fc.string({ unit: 'binary', maxLength: 40 });
    const hostile = fc.oneof(
      words,
      fc.constantFrom(']]>', '<![CDATA[', '\u0000', '\uFFFE', '\uD800', '&#0;', '"', '\u0085'),
    );
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (text, agent) => {
        const failing = verdict('H01-F1', 'fail', { quotes: [{ turn: 1, text: `${text}A` }] });
        const dialogue = stored({ scenario: text, agent, verdicts: [failing] });
        const run = recordOf(1, [agent]);
        const xml = await junitOf(run, streamOf([dialogue]), { taxonomy, undecided: 'fail' });
        const seen = read(xml);
        expect(seen.map(({ name }) => name)).toEqual([
          'testsuites',
          'testsuite',
          'testcase',
          'failure',
        ]);
        expect(seen[3]?.text).toContain('A”');
      }),
    );
  });

  it('gives back marks of XML as they were said', async () => {
    const text = `<b>"x" & 'y' ]]></b>`;
    const failing = verdict('H01-F1', 'fail', { quotes: [{ turn: 1, text }] });
    const seen = await junit([stored({ scenario: 'H01-D01', verdicts: [failing] })]);
    expect(seen.find(({ name }) => name === 'failure')?.text).toContain(text);
  });
});
