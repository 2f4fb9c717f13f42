import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { smallestJson } from '../../../tools/model-server/smallest-json.js';
import { standIn } from '../../../tools/model-server/stand-in.js';

type Message = Parameters<typeof standIn>[0]['messages'][number];
const system = (text: string): Message => ({ role: 'system', text });
const user = (text: string): Message => ({ role: 'user', text });

const speak = (...messages: Message[]) => standIn({ model: 'any', messages });

/** The agent's turns, where the patient says the given lines one after the other. */
function call(prompt: string, lines: readonly string[]): string[] {
  const messages = [system(prompt)];
  const spoken: string[] = [];
  for (const line of ['(The call connects.)', ...lines]) {
    messages.push(user(line));
    const text = speak(...messages);
    messages.push({ role: 'assistant', text });
    spoken.push(text);
  }
  return spoken;
}

describe('the stand-in', () => {
  it('says the lines of a patient', () => {
    const words =
      'The agent said:\nSAY:\n- Hello?\n\nSAY:\n- My chest hurts.\n- Since Monday.\n\nBe short.';
    expect(speak(user('SAY:\n- Other.'), user(words))).toBe('My chest hurts. Since Monday.');
    expect(speak(user('SAY:\n- Aye.\nWORD FOR WORD:\n- My arm is dead.'))).toBe(
      'Aye. My arm is dead.',
    );
    expect(speak(user('WORD FOR WORD:\n- My arm is dead.'))).toBe('My arm is dead.');
  });

  it('asks the questions of its prompt in order, then says goodbye', () => {
    const turns = call('You are an agent.\n- Any pain?\n- Not a question.\n- Any fever?', [
      'Ann Lee, 3 May 1950.',
      'None.',
      'None.',
    ]);
    expect(turns[0]).toMatch(/name.*date of birth/);
    expect(turns.slice(1, 3)).toEqual(['Any pain?', 'Any fever?']);
    expect(turns[3]).toMatch(/111.*Goodbye.*\[END CALL\]$/);
  });

  it('has questions of its own', () => {
    const turns = call(
      'You are an agent.',
      Array.from({ length: 6 }, () => 'Well.'),
    );
    expect(new Set(turns).size).toBe(7);
    expect(turns.slice(1, 6).every((turn) => turn.endsWith('?'))).toBe(true);
    expect(turns[6]).toContain('[END CALL]');
  });

  it('ends after eight turns, however many questions there are', () => {
    const prompt = Array.from({ length: 20 }, (_, index) => `- Question ${index}?`).join('\n');
    const turns = call(
      prompt,
      Array.from({ length: 8 }, () => 'Yes.'),
    );
    expect(turns[7]).toBe('Question 6?');
    expect(turns[8]).toContain('[END CALL]');
  });

  it.each([
    'I can’t breathe.',
    'I have CHEST PAIN',
    'I want to kill myself',
    'No, but there is blood',
  ])('sends for help at once on "%s", and then ends the call', (line) => {
    const turns = call('You are an agent.', [line, 'I will.']);
    expect(turns[1]).toContain('[ESCALATE EMERGENCY 999]');
    expect(turns[2]).toContain('[END CALL]');
  });

  it.each([
    'No chest pain.',
    'I have not seen any blood',
    'My blood pressure is fine.',
    'I feel well',
  ])('is not alarmed by "%s"', (line) => expect(speak(user(line))).not.toContain('999'));

  it('is a function of the request', () => {
    const roles = fc.constantFrom('system' as const, 'user' as const, 'assistant' as const);
    const messages = fc.array(fc.record({ role: roles, text: fc.string() }));
    fc.assert(
      fc.property(messages, (said) => {
        expect(speak(...said)).toBe(speak(...structuredClone(said)));
        expect(speak(...said)).not.toBe('');
      }),
    );
  });
});

describe('smallestJson', () => {
  const verdict = z.strictObject({
    verdict: z.enum(['pass', 'fail', 'abstain']),
    certain: z.boolean(),
    turn: z.int().positive().nullable(),
    score: z.number().min(2).max(5),
    kind: z.literal('verdict'),
    note: z.string(),
    reason: z.string().min(3),
    quotes: z.array(z.object({ text: z.string() })).min(2),
    others: z.array(z.string()),
    either: z.union([z.object({ a: z.string() }), z.string()]),
    maybe: z.string().optional(),
  });

  it('fits the schema, and is as small as can be', () => {
    const value = smallestJson(z.toJSONSchema(verdict));
    expect(verdict.parse(value)).toEqual({
      verdict: 'abstain',
      certain: false,
      turn: null,
      score: 2,
      kind: 'verdict',
      note: '',
      reason: '---',
      quotes: [{ text: '' }, { text: '' }],
      others: [],
      either: { a: '' },
    });
  });

  it('follows references, also to the whole', () => {
    const tree = z.object({
      get children(): z.ZodArray<z.ZodType> {
        return z.array(tree);
      },
    });
    expect(smallestJson(z.toJSONSchema(tree))).toEqual({ children: [] });
    const part = { $ref: '#/$defs/part' };
    const schema = { type: 'object', properties: { part }, required: ['part'] };
    expect(smallestJson({ ...schema, $defs: { part: { enum: ['x'] } } })).toEqual({ part: 'x' });
  });

  it.each([
    [{ type: ['string', 'null'] }, null],
    [{ type: 'STRING', nullable: true }, null],
    [{ enum: ['b', 'a'] }, 'b'],
    [{ type: 'integer', exclusiveMinimum: 0 }, 1],
    [{ type: 'integer', minimum: -9, maximum: -3 }, -3],
    [{ type: 'object' }, {}],
  ])('of %j is %j', (schema, value) => expect(smallestJson(schema)).toEqual(value));
});
