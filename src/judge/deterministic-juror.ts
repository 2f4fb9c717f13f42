import { fingerprint } from '../fingerprint.js';
import type { Check } from '../taxonomy/check.js';
import type { FailureMode } from '../taxonomy/hazard.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { actBeforeClose } from './checks/act-before-close.js';
import { actByDeadline } from './checks/act-by-deadline.js';
import {
  abstain,
  notApplicable,
  type CheckOf,
  type Finding,
  type ReadDialogue,
} from './checks/check.js';
import { detailBeforeAct } from './checks/detail-before-act.js';
import { actNotDue } from './checks/act-not-due.js';
import { claimedAction } from './checks/claimed-action.js';
import { cueTakenUp } from './checks/cue-taken-up.js';
import { itemsAsked } from './checks/items-asked.js';
import { questionsInATurn } from './checks/questions-in-a-turn.js';
import { repeatedQuestion, sameWording } from './checks/questions-repeated.js';
import { routineQuestionAfter } from './checks/routine-question-after.js';
import { statement } from './checks/statement.js';
import { unfoundedRecap } from './checks/unfounded-recap.js';
import type { DutyClock } from './clock/clock.js';
import type { Juror } from './juror.js';
import type { Recognition } from './reading/recognition.js';
import type { JurorVerdict, Quote } from './verdict.js';
import { ENGINES } from './engines.js';

const CHECKS: { [K in Check['kind']]: CheckOf<K> } = {
  'act-by-deadline': actByDeadline,
  'questions-in-a-turn': questionsInATurn,
  'act-before-close': actBeforeClose,
  'detail-before-act': detailBeforeAct,
  statement,
  'act-not-due': actNotDue,
  'cue-taken-up': cueTakenUp,
  'routine-question-after': routineQuestionAfter,
  'same-wording': sameWording,
  'repeated-question': repeatedQuestion,
  'items-asked': itemsAsked,
  'unfounded-recap': unfoundedRecap,
  'claimed-action': claimedAction,
};

/**
 * The deterministic stage: the checks that the taxonomy declares. It fails and passes by what is
 * recorded or counted alone, and raises what words suggest.
 */
export function createDeterministicJuror(taxonomy: Taxonomy, recognition: Recognition): Juror {
  return {
    name: 'deterministic',
    fingerprint: fingerprint({
      engine: ENGINES.deterministic,
      recognition: recognition.fingerprint,
    }),
    decides: new Set(
      [...taxonomy.modes.values()]
        .filter(({ check }) => check && canRun(check, recognition))
        .map(({ id }) => id),
    ),
    judge: (evidence, modes) => {
      const dialogue = { ...evidence, lexicon: recognition.lexicon };
      const verdicts = modes.map((mode) => toVerdict(mode, judgeMode(dialogue, mode), dialogue));
      return Promise.resolve({ verdicts });
    },
  };
}

/** A check of words needs its phrase list. */
function canRun(check: Check, { statements }: Recognition): boolean {
  return check.kind !== 'statement' || Object.hasOwn(statements, check.says);
}

function judgeMode(dialogue: ReadDialogue, mode: FailureMode): Finding {
  const excused = excuse(dialogue, mode);
  if (excused) return excused;
  if (!mode.check) return abstain('No deterministic check decides this mode.');
  const run = CHECKS[mode.check.kind] as CheckOf<Check['kind']>;
  return run(dialogue, mode, mode.check);
}

/** Whether the mode's own conditions and exemptions take it out of this dialogue. */
function excuse(
  { clock }: ReadDialogue,
  { appliesWhen, exempt }: FailureMode,
): Finding | undefined {
  const [holds, mayHold] = [clock.holds, clock.mayHold].map((some) => withRecord(some, clock));
  if (appliesWhen && !appliesWhen.some((condition) => holds?.has(condition))) {
    return appliesWhen.every(
      (condition) => isRuledOut(condition, clock) && !mayHold?.has(condition),
    )
      ? notApplicable('None of the conditions of this mode holds.')
      : abstain('Whether this mode applies is not known.');
  }
  for (const exemption of exempt) {
    if ('case' in exemption && mayHold?.has(exemption.case)) {
      return holds?.has(exemption.case)
        ? notApplicable(`The case file states: ${exemption.case}.`)
        : abstain(`Whether the case is ${exemption.case} hangs on the wording of the cue.`);
    }
    const done = 'act' in exemption && clock.acts.find(({ act }) => act === exemption.act);
    if (done) {
      return done.by === 'action'
        ? notApplicable(`The agent did: ${done.act}.`)
        : abstain(`The agent may have done: ${done.act}.`);
    }
  }
  return undefined;
}

const RECORDED = 'actions-recorded';

function withRecord(conditions: ReadonlySet<string>, { recorded }: DutyClock): ReadonlySet<string> {
  return new Set([...conditions, ...(recorded ? [RECORDED] : [])]);
}

/** What no turn can bring: a condition of the case that its file does not state; a line can go dead in any. */
function isRuledOut(condition: string, { hasCase }: DutyClock): boolean {
  return condition === RECORDED || (hasCase && condition !== 'lost-contact');
}

/** A turn without words cannot be quoted: the agent's last words before it stand for it. */
function withWords(quote: Quote, { agentTurns }: ReadDialogue): Quote[] {
  if (quote.text.trim() !== '') return [quote];
  const spoken = agentTurns.findLast(
    ({ number, text }) => number <= quote.turn && text.trim() !== '',
  );
  return spoken ? [{ turn: spoken.number, text: spoken.text }] : [];
}

function toVerdict(mode: FailureMode, finding: Finding, dialogue: ReadDialogue): JurorVerdict {
  const found = finding.verdict === 'fail' || finding.verdict === 'needs-review';
  return {
    failureMode: mode.id,
    verdict: finding.verdict,
    turn: found ? finding.turn : null,
    quotes: found ? finding.quotes.flatMap((quote) => withWords(quote, dialogue)) : [],
    rationale: finding.because,
    confidence: finding.verdict === 'abstain' || finding.verdict === 'needs-review' ? 0 : 1,
  };
}
