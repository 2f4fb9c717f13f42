import { describePersona } from '../agents/patbot/persona.js';
import { LEAST_CONFIDENCE, type DutyLine, type ModeVerdict } from '../judge/verdict.js';
import type { StoredDialogue } from '../store/run-record.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { numberTurns, type Action, type NumberedTurn } from '../transcript/transcript.js';
import { onOneLine } from '../printable.js';
import { dialogueId } from '../store/run-record.js';

/** As `[EMERGENCY 999]`. */
export function renderAction(action: Action): string {
  return action.type === 'escalate'
    ? `[${action.act}${action.mode ? ` ${action.mode}` : ''}]`
    : `[${action.type}]`;
}

/** One line of a transcript, with the agent's actions in brackets. */
export function renderTurn({ number, role, text, actions = [], fault }: NumberedTurn): string {
  return [
    `${String(number).padStart(4)}  ${role.padEnd(7)}  ${onOneLine(text)}`,
    ...(fault ? [`(${fault})`] : []),
    ...actions.map(renderAction),
  ].join(' ');
}

/** A label as it stands under the turn on which it rests. */
export function renderLabel(verdict: ModeVerdict, taxonomy: Taxonomy): string {
  const name = taxonomy.modes.get(verdict.failureMode)?.name ?? 'unknown to this taxonomy';
  const isRaised = verdict.outcome === 'needs-review';
  const rank = isRaised ? ' (for review)' : verdict.primary ? '' : ' (secondary)';
  const said = (juror: ModeVerdict['jurors'][number]) =>
    juror.verdict === 'fail' || (isRaised && juror.verdict === 'needs-review');
  const jurors = verdict.jurors.filter(said);
  const reason = jurors[0]?.rationale ?? '';
  return `      └ ${verdict.failureMode} ${name} · ${verdict.severity}${rank} · ${jurors.map(({ juror }) => juror).join(', ')}: ${onOneLine(reason)}`;
}

/** The turns around a failure: those that it quotes, the turn where it shows, and what lies between. */
export function renderExcerpt(
  { attempt }: StoredDialogue,
  verdict: ModeVerdict,
  taxonomy: Taxonomy,
): string[] {
  const shown = [verdict.turn ?? 1, ...verdict.quotes.map((quote) => quote.turn)];
  const first = Math.max(1, Math.min(...shown) - 1);
  const turns = numberTurns(attempt?.turns ?? []).slice(first - 1, Math.max(...shown) + 1);
  return turns.flatMap((turn) => [
    renderTurn(turn),
    ...(turn.number === verdict.turn ? [renderLabel(verdict, taxonomy)] : []),
  ]);
}

/** A whole dialogue with its labels under the turns, then what was passed and what was not decided. */
export function renderDialogue(
  run: string,
  dialogue: StoredDialogue,
  taxonomy: Taxonomy,
): string[] {
  const { attempt, verdicts = [] } = dialogue;
  const title = `${run}/${dialogueId(dialogue)}`;
  if (!attempt) return [title, 'begun, not finished'];
  const { persona, wording, ending, standing } = attempt;
  const failures = verdicts.filter(
    ({ outcome }) => outcome === 'fail' || outcome === 'needs-review',
  );
  return [
    title,
    ...(persona ? [describePersona(persona)] : []),
    `${wording ? `trigger ${wording} · ` : ''}ended: ${ending} · standing: ${standing} · attempt ${dialogue.attempts}`,
    ...(attempt.error === null ? [] : [`error: ${onOneLine(attempt.error)}`]),
    '',
    ...numberTurns(attempt.turns).flatMap((turn) => [
      renderTurn(turn),
      ...failures.filter((v) => v.turn === turn.number).map((v) => renderLabel(v, taxonomy)),
    ]),
    '',
    ...(dialogue.judgement?.duties ?? []).map(renderDuty),
    ...renderRest(verdicts),
  ];
}

/** What was due when, and when it was done, as one line. */
export function renderDuty({ since, act, due, met, by }: DutyLine): string {
  const deadline = due === null ? 'not yet due when the call ended' : `due by turn ${due}`;
  const given =
    met === null ? 'not given' : `given in turn ${met}${by === 'words' ? ' in words' : ''}`;
  return `duty arose in turn ${since}: ${act} ${deadline}, ${given}`;
}

/** Why a juror left a verdict open. */
function reasonOf({ jurors: [first] }: ModeVerdict): string {
  if (!first?.withheld) return first?.rationale ?? '';
  const [said, least] = [first.confidence, LEAST_CONFIDENCE].map((share) =>
    share.toFixed(2).replace(/^0/, ''),
  );
  return `${first.withheld} at confidence ${said}, below ${least}`;
}

function renderRest(verdicts: readonly ModeVerdict[]): string[] {
  if (verdicts.length === 0) return ['not judged'];
  const of = (outcome: ModeVerdict['outcome']) =>
    verdicts.filter((verdict) => verdict.outcome === outcome);
  const ids = (outcome: ModeVerdict['outcome']) =>
    of(outcome)
      .map(({ failureMode }) => failureMode)
      .join(' ') || 'none';
  const reasons = new Map<string, string[]>();
  for (const verdict of of('undetermined')) {
    const reason = reasonOf(verdict);
    reasons.set(reason, [...(reasons.get(reason) ?? []), verdict.failureMode]);
  }
  return [
    `passed          ${ids('pass')}`,
    `not applicable  ${ids('not-applicable')}`,
    `needs review    ${ids('needs-review')}`,
    'undetermined',
    ...[...reasons].map(([reason, modes]) => `  ${modes.join(' ')}: ${onOneLine(reason)}`),
  ];
}
