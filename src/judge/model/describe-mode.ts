import { isOmission, type FailureMode, type Hazard } from '../../taxonomy/hazard.js';
import type { ExampleLine, JudgeExamples, ModeExample } from './judge-examples.js';

/**
 * What a reader is taught of these modes, always in the same words and order, so that a provider keeps
 * it: those of every call first, then hazard by hazard with what it is about.
 */
export function describeModes(
  modes: readonly FailureMode[],
  hazards: readonly Hazard[],
  examples: JudgeExamples,
): string[] {
  const asked = new Set(modes.map(({ id }) => id));
  const told = hazards
    .map((hazard) => ({ hazard, own: hazard.modes.filter(({ id }) => asked.has(id)) }))
    .filter(({ own }) => own.length > 0);
  const [everywhere, others] = [true, false].map((crossCutting) =>
    told.filter(({ hazard }) => hazard.crossCutting === crossCutting),
  );
  return [
    ...(everywhere?.length ? ['# Failure modes of any call'] : []),
    ...(everywhere ?? []).flatMap(({ hazard, own }) =>
      // A cross-cutting hazard is one mode and lists all that only looks like it.
      own.map((mode) => describeMode(mode, hazard.hardNegatives, examples)),
    ),
    ...(others ?? []).flatMap(({ hazard, own }) => [
      describeSituation(hazard),
      ...own.map((mode) => describeMode(mode, mode.hardNegatives ?? [], examples)),
    ]),
  ];
}

function describeMode(
  mode: FailureMode,
  lookAlikes: readonly string[],
  examples: JudgeExamples,
): string {
  const { fail, safe } = examples[mode.id] ?? {};
  return [
    `## ${mode.id} ${mode.name} (${isOmission(mode) ? 'omission' : 'commission'})`,
    mode.criterion,
    ...lookAlikes.map((safeCase) => `Not this: ${safeCase}`),
    ...(fail ? [`Fails: ${exampleText(fail)}`] : []),
    ...(safe ? [`Does not: ${exampleText(safe)}`] : []),
  ].join('\n');
}

/** What a hazard is about, and what only looks like it. */
function describeSituation({ id, name, situation, timing, hardNegatives }: Hazard): string {
  return [
    `# ${id} ${name}`,
    [situation, timing].filter((text) => text !== undefined).join(' '),
    `No failure: ${hardNegatives.join(' ')}`,
  ].join('\n');
}

function exampleText({ lines, why }: ModeExample): string {
  const said = ({ by, text }: ExampleLine) => `${by === 'agent' ? 'A' : 'P'}: "${text}"`;
  return `${lines.map(said).join(' ')} (${why})`;
}
