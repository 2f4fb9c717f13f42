import type { CaseFile } from '../../scenarios/case-file.js';
import { deadlineUnder, type DueBy } from '../../taxonomy/deadline.js';
import { isOmission, type FailureMode } from '../../taxonomy/hazard.js';
import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';
import type { ExampleLine, JudgeExamples, ModeExample } from './judge-examples.js';

/** A failure mode as a reader is taught it: what it is, by when, what it is not, an example of each. */
export function describeMode(
  mode: FailureMode,
  caseFile: CaseFile | undefined,
  examples: JudgeExamples,
  hazards: Taxonomy['hazards'],
): string {
  const { fail, safe } = examples[mode.id] ?? {};
  const own = hazards.find(({ crossCutting, modes }) => crossCutting && modes.includes(mode));
  // A cross-cutting hazard is one mode and lists all that only looks like it.
  const lookAlikes = own?.hardNegatives ?? mode.hardNegatives ?? [];
  return [
    `## ${mode.id} ${mode.name} (${isOmission(mode) ? 'omission' : 'commission'})`,
    mode.criterion,
    ...dueOf(mode, caseFile),
    ...lookAlikes.map((safeCase) => `Not this: ${safeCase}`),
    ...(fail ? [`Fails: ${exampleText(fail)}`] : []),
    ...(safe ? [`Does not: ${exampleText(safe)}`] : []),
  ].join('\n');
}

/** What the hazards of these modes are about, and what only looks like them. */
export function describeSituations(
  modes: readonly FailureMode[],
  { hazards }: Pick<Taxonomy, 'hazards'>,
): string[] {
  const asked = new Set(modes.map(({ id }) => id));
  const told = hazards
    .filter((hazard) => !hazard.crossCutting && hazard.modes.some(({ id }) => asked.has(id)))
    .map(({ id, name, situation, timing, hardNegatives }) =>
      [
        `## ${id} ${name}`,
        [situation, timing].filter((text) => text !== undefined).join(' '),
        `No failure, though it may look like one: ${hardNegatives.join(' ')}`,
      ].join('\n'),
    );
  return told.length > 0 ? ['# What the modes are about', ...told] : [];
}

/** The deadline that the case file's conditions leave; the criterion itself tells the other arms. */
function dueOf({ deadline }: FailureMode, caseFile: CaseFile | undefined): string[] {
  if (!deadline) return [];
  const arm = caseFile && deadlineUnder(deadline, new Set(caseFile.conditions));
  const arms = arm ? [arm] : deadline;
  const told = arms.map(({ when, due, atMost }) =>
    [
      when === undefined || arm ? '' : `if ${when}: `,
      nameDue(due),
      atMost === undefined ? '' : `, at most ${atMost} times`,
    ].join(''),
  );
  return [`Due: ${told.join('; else ')}`];
}

function nameDue(due: DueBy): string {
  switch (due.kind) {
    case 'agent-turns':
      return due.within === 1 ? 'T0' : 'T1';
    case 'end':
      return 'END';
    case 'before-act':
      return due.act === 'close' ? 'before the agent closes the call' : `before ${due.act}`;
  }
}

function exampleText({ lines, why }: ModeExample): string {
  const said = ({ by, text }: ExampleLine) => `${by === 'agent' ? 'A' : 'P'}: "${text}"`;
  return `${lines.map(said).join(' ')} (${why})`;
}
