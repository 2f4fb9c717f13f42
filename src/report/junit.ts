import type { ModeVerdict } from '../judge/verdict.js';
import { printable } from '../printable.js';
import { dialogueId, type RunRecord, type StoredDialogue } from '../store/run-record.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { compareSeverity } from '../taxonomy/severity.js';
import { xmlText } from '../cell-text.js';

/** What becomes of a grave label that nobody decided: it fails its case unless told otherwise. */
export const UNDECIDED = ['fail', 'pass', 'skip'] as const;
export type Undecided = (typeof UNDECIDED)[number];

export interface JunitOptions {
  readonly taxonomy: Taxonomy;
  readonly undecided: Undecided;
  /** Dialogues that the run was to hold; all that were planned unless given. */
  readonly needed?: number;
}

type Kind = 'failure' | 'error' | 'skipped';

interface Note {
  readonly kind: Kind;
  readonly type: string;
  readonly message: string;
  readonly body: string;
}

interface TestCase {
  readonly agent: string;
  readonly name: string;
  readonly notes: readonly Note[];
}

/**
 * A run as JUnit XML: a suite an agent, a case a dialogue. What was not held or not judged is an
 * error, since nothing of it is known; a patient who never came to the cue is skipped.
 */
export async function junitOf(
  run: RunRecord,
  dialogues: AsyncIterable<StoredDialogue>,
  options: JunitOptions,
): Promise<string> {
  const suites = new Map(run.agents.map(({ name }) => [name, [] as TestCase[]]));
  let held = 0;
  for await (const dialogue of dialogues) {
    if (!dialogue.attempt) continue;
    held += 1;
    suites.get(dialogue.agent)?.push(caseOf(run.id, dialogue, options));
  }
  const missing = (options.needed ?? run.planned) - held;
  if (missing > 0) suites.set('not held', [unheld(missing, run.id)]);
  return document(run.id, suites);
}

function unheld(missing: number, run: string): TestCase {
  const message = `${missing} dialogues were not held`;
  const body = `Go on: npx matrix-sim run --resume ${run}`;
  const notes = [{ kind: 'error' as const, type: 'not held', message, body }];
  return { agent: 'not held', name: message, notes };
}

function caseOf(run: string, dialogue: StoredDialogue, options: JunitOptions): TestCase {
  const name = `${dialogue.scenario}/${dialogue.repeat}`;
  const look = `npx matrix-sim show ${run}/${dialogueId(dialogue)}`;
  return { agent: dialogue.agent, name, notes: notesOf(dialogue, look, options) };
}

function notesOf(
  { attempt, verdicts }: StoredDialogue,
  look: string,
  options: JunitOptions,
): Note[] {
  const standing = attempt?.standing ?? 'incomplete';
  if (standing === 'invalid' || standing === 'incomplete') {
    const body = [attempt?.error ?? '', look].filter(Boolean).join('\n');
    return [{ kind: 'error', type: standing, message: `the dialogue is ${standing}`, body }];
  }
  if (!verdicts) {
    return [{ kind: 'error', type: 'not judged', message: 'nobody judged it', body: look }];
  }
  const failed = verdicts.filter(({ outcome }) => outcome === 'fail');
  const notes = [
    ...failed.map((verdict) => failureOf(verdict, look, options)),
    ...undecidedOf(verdicts, look, options),
  ];
  const isFailure = notes.some(({ kind }) => kind === 'failure');
  // A case may have one mark of being skipped, and none beside a failure.
  if (isFailure) return notes.filter(({ kind }) => kind !== 'skipped');
  if (standing === 'valid') return notes.slice(0, 1);
  const message = 'the patient never came to the cue';
  return [{ kind: 'skipped', type: 'not exposed', message, body: look }];
}

function failureOf(verdict: ModeVerdict, look: string, { taxonomy }: JunitOptions): Note {
  const { failureMode, severity, turn, quotes, jurors, primary } = verdict;
  const said = jurors.find((juror) => juror.verdict === 'fail');
  return {
    kind: 'failure',
    type: `${failureMode} ${severity}`,
    message: `${failureMode} ${taxonomy.modes.get(failureMode)?.name ?? ''} · ${severity}${primary ? '' : ' · secondary'}${turn === null ? '' : ` · turn ${turn}`}`,
    body: [
      ...quotes.map(({ turn: at, text }) => `turn ${at}: “${text}”`),
      said?.rationale ?? '',
      look,
    ]
      .filter(Boolean)
      .join('\n'),
  };
}

/** One note for all that is grave and open: a judge may leave every mode of a dialogue so. */
function undecidedOf(
  verdicts: readonly ModeVerdict[],
  look: string,
  { undecided }: JunitOptions,
): Note[] {
  const open = verdicts.filter(
    ({ outcome, severity }) =>
      (outcome === 'undetermined' || outcome === 'needs-review') &&
      compareSeverity(severity, 'Major') >= 0,
  );
  if (open.length === 0 || undecided === 'pass') return [];
  const modes = open.map(({ failureMode }) => failureMode).join(', ');
  return [
    {
      kind: undecided === 'skip' ? 'skipped' : 'failure',
      type: 'undecided',
      message: `nobody decided, Major or graver: ${modes}`,
      body: look,
    },
  ];
}

function document(run: string, suites: ReadonlyMap<string, readonly TestCase[]>): string {
  const all = [...suites.values()].flat();
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name=${attribute(`matrix-sim ${run}`)}${counts(all)}>`,
    ...[...suites].map(([agent, cases]) => suiteOf(agent, cases)),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteOf(agent: string, cases: readonly TestCase[]): string {
  return [
    `  <testsuite name=${attribute(agent)}${counts(cases)}>`,
    ...cases.flatMap(({ name, notes }) => [
      `    <testcase classname=${attribute(agent)} name=${attribute(name)}>`,
      ...notes.map(
        ({ kind, type, message, body }) =>
          `      <${kind} type=${attribute(type)} message=${attribute(message)}>${escaped(body)}</${kind}>`,
      ),
      '    </testcase>',
    ]),
    '  </testsuite>',
  ].join('\n');
}

function counts(cases: readonly TestCase[]): string {
  const having = (kind: Kind) =>
    cases.filter(({ notes }) => notes.some((note) => note.kind === kind)).length;
  return ` tests="${cases.length}" failures="${having('failure')}" errors="${having('error')}" skipped="${having('skipped')}"`;
}

function attribute(text: string): string {
  return `"${escaped(text).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Words of others as text of XML 1.0: what cannot be seen or cannot stand there is spelled out. */
function escaped(text: string): string {
  return xmlText(printable(text)).replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}
