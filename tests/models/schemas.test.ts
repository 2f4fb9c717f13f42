import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { googleSchema } from '../../src/models/providers/google-schema.js';
import { openaiSchema } from '../../src/models/providers/openai-schema.js';

interface Tree {
  label: string;
  children: Tree[];
}
const tree: z.ZodType<Tree> = z.object({
  label: z.string(),
  get children() {
    return z.array(tree);
  },
});

function json(schema: z.ZodType): Record<string, unknown> {
  return z.toJSONSchema(schema);
}

describe('openaiSchema', () => {
  it('requires all, allows nothing else, and leaves out what strict mode does not take', () => {
    const schema = z.object({
      note: z.string().min(1).regex(/x/).optional().describe('a note'),
      mood: z.enum(['well', 'ill']).nullable(),
      turns: z.array(z.object({ number: z.int().default(1) })).max(2),
    });
    expect(openaiSchema(json(schema))).toEqual({
      type: 'object',
      properties: {
        note: { type: 'string', description: 'a note' },
        mood: { anyOf: [{ type: 'string', enum: ['well', 'ill'] }, { type: 'null' }] },
        turns: {
          type: 'array',
          maxItems: 2,
          items: {
            type: 'object',
            properties: { number: { type: 'integer' } },
            required: ['number'],
            additionalProperties: false,
          },
        },
      },
      required: ['note', 'mood', 'turns'],
      additionalProperties: false,
    });
  });

  it('keeps a property that is called like a keyword', () => {
    const schema = openaiSchema(json(z.object({ default: z.string(), pattern: z.string() })));
    expect(schema.required).toEqual(['default', 'pattern']);
  });

  it('keeps schemas that are defined once and used in many places', () => {
    const schema = openaiSchema(json(z.object({ root: tree })));
    const [definition] = Object.values(schema.$defs as Record<string, unknown>);
    expect(definition).toMatchObject({
      required: ['label', 'children'],
      additionalProperties: false,
    });
    expect(JSON.stringify(schema.properties)).toContain('"$ref":"#/$defs/');
  });

  it('leaves an object of free keys to be refused, rather than asking for an empty one', () => {
    expect(openaiSchema(json(z.record(z.string(), z.boolean())))).toEqual({
      type: 'object',
      additionalProperties: { type: 'boolean' },
    });
  });
});

describe('googleSchema', () => {
  it('says null and enums as Gemini does, and the order of the properties', () => {
    const schema = z.object({
      quote: z.string().min(1).nullable(),
      mood: z.enum(['well', 'ill']).nullable(),
      kind: z.literal('turn'),
      level: z.literal([1, 2]),
      either: z.union([z.string(), z.number(), z.null()]),
      turns: z.array(z.int()).min(1),
    });
    expect(googleSchema(json(schema))).toEqual({
      type: 'object',
      properties: {
        quote: { type: 'string', nullable: true },
        mood: { type: 'string', format: 'enum', enum: ['well', 'ill'], nullable: true },
        kind: { type: 'string', format: 'enum', enum: ['turn'] },
        level: { type: 'number' },
        either: { anyOf: [{ type: 'string' }, { type: 'number' }], nullable: true },
        turns: { type: 'array', items: { type: 'integer' }, minItems: 1 },
      },
      required: ['quote', 'mood', 'kind', 'level', 'either', 'turns'],
      propertyOrdering: ['quote', 'mood', 'kind', 'level', 'either', 'turns'],
    });
  });

  it('reads a list of types', () => {
    expect(googleSchema({ type: ['string', 'null'] })).toEqual({ type: 'string', nullable: true });
    expect(googleSchema({ type: ['string'] })).toEqual({ type: 'string' });
  });
});
