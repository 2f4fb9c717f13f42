import fc, { type Arbitrary } from 'fast-check';
import { dump } from 'js-yaml';

const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

/** Texts that have broken programs before. */
const NASTY_TEXTS = [
  '',
  '\0',
  '\u001B[2J',
  '\u202E',
  '\uD800',
  'constructor',
  '__proto__',
  '../../etc/passwd',
  '{{turns}}',
  '${HOME}',
  '$.a[0',
  'я'.repeat(300),
  'x'.repeat(100_000),
];

const nastyValue: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, -1, 0, 1.5, 1e308, 2 ** 53, [], {}, [[]], ['H99']),
  fc.constantFrom<unknown>(...NASTY_TEXTS),
  fc.constant(JSON.parse(deep(200)) as unknown),
  fc.jsonValue(),
);

interface Edit {
  readonly at: number;
  readonly length: number;
  readonly by: string;
  readonly isDoubled: boolean;
}

/** A text with slices cut out, doubled, or replaced by what is nasty; now and then another altogether. */
export function brokenText(text: string): Arbitrary<string> {
  const place = fc.nat({ max: text.length });
  const edit = fc.record({
    at: place,
    length: fc.oneof(fc.nat({ max: 20 }), place),
    by: fc.oneof(
      fc.constantFrom(...NASTY_TEXTS, '\n', '\t', ':', '- ', '"', "'", '&a [*a]', deep(5000)),
      fc.string({ unit: 'binary', maxLength: 20 }),
    ),
    isDoubled: fc.boolean(),
  });
  const apply = (before: string, { at, length, by, isDoubled }: Edit) => {
    const slice = before.slice(at, at + length);
    return before.slice(0, at) + (isDoubled ? slice + slice : by) + before.slice(at + length);
  };
  return fc.oneof(
    {
      weight: 9,
      arbitrary: fc
        .array(edit, { minLength: 1, maxLength: 3 })
        .map((edits) => edits.reduce(apply, text)),
    },
    { weight: 1, arbitrary: fc.oneof(fc.string({ unit: 'binary' }), fc.constant(ALIAS_BOMB)) },
  );
}

const ALIAS_BOMB = [...Array(12).keys()]
  .map((n) => `a${n}: &a${n} [${n === 0 ? '1' : `*a${n - 1}, `.repeat(9)}]`)
  .join('\n');

/** Data with values replaced, taken out or added, at any depth. */
export function brokenData(data: unknown): Arbitrary<unknown> {
  const change = fc.record({
    way: fc.array(fc.nat(), { maxLength: 6 }),
    value: nastyValue,
    isGone: fc.boolean(),
  });
  return fc
    .array(change, { minLength: 1, maxLength: 3 })
    .map((changes) =>
      changes.reduce((before, { way, value, isGone }) => altered(before, way, value, isGone), data),
    );
}

function altered(
  part: unknown,
  [step, ...way]: readonly number[],
  value: unknown,
  isGone: boolean,
): unknown {
  if (step === undefined || typeof part !== 'object' || part === null) return value;
  const keys = Object.keys(part);
  const key = keys[step % (keys.length + 1)] ?? 'stranger';
  const entries = Object.entries({
    ...part,
    [key]: altered((part as Record<string, unknown>)[key], way, value, isGone),
  });
  const kept = isGone && way.length === 0 ? entries.filter(([name]) => name !== key) : entries;
  return Array.isArray(part) ? kept.map(([, each]) => each) : Object.fromEntries(kept);
}

/** A YAML file broken as text or as data. */
export function brokenYaml(data: unknown): Arbitrary<string> {
  return fc.oneof(
    brokenText(dump(data)),
    brokenData(data).map((each) => dump(each, { skipInvalid: true })),
  );
}

/** Lines of JSON, broken as text or as data. */
export function brokenLines(lines: readonly unknown[]): Arbitrary<string> {
  const texts = lines.map((line) => JSON.stringify(line));
  const asData = fc
    .tuple(...lines.map((line) => fc.oneof(fc.constant(line), brokenData(line))))
    .map((each) => each.map((line) => JSON.stringify(line)).join('\n'));
  return fc.oneof(brokenText(texts.join('\n')), asData);
}
