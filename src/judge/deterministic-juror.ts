import { fingerprint } from '../fingerprint.js';
import type { Check } from '../taxonomy/check.js';
import type { FailureMode } from '../taxonomy/hazard.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { actBeforeClose } from './checks/act-before-close.js';
import { actByDeadline } from './checks/act-by-deadline.js';
import {
  abstain,
  does,
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
import type { Evidence, Juror } from './juror.js';
import type { Recognition } from './reading/recognition.js';
import { createTurnReader, type TurnReader } from './reading/turn-reader.js';
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

/** The deterministic stage: the checks that the taxonomy declares, run over the text. */
export function createDeterministicJuror(taxonomy: Taxonomy, recognition: Recognition): Juror {
  const reader = createTurnReader(recognition);
  return {
    name: 'deterministic',
    fingerprint: fingerprint({
      engine: ENGINES.deterministic,
      recognition: recognition.fingerprint,
    }),
    decides: new Set([...taxonomy.modes.values()].filter((mode) => mode.check).map(({ id }) => id)),
    judge: (evidence, modes) => {
      const dialogue = readDialogue(evidence, reader, recognition);
      const verdicts = modes.map((mode) => toVerdict(mode, judgeMode(dialogue, mode), dialogue));
      return Promise.resolve({ verdicts });
    },
  };
}

function readDialogue(
  { turns, caseFile }: Evidence,
  reader: TurnReader,
  { lexicon }: Recognition,
): ReadDialogue {
  const agentTurns = turns
    .filter(({ role }) => role === 'agent')
    .map((turn) => ({ ...turn, reading: reader(turn, caseFile) }));
  return { turns, agentTurns, caseFile, lexicon };
}

function judgeMode(dialogue: ReadDialogue, mode: FailureMode): Finding {
  const excused = excuse(dialogue, mode);
  if (excused) return excused;
  if (!mode.check) return abstain('No deterministic check decides this mode.');
  const run = CHECKS[mode.check.kind] as CheckOf<Check['kind']>;
  return run(dialogue, mode, mode.check);
}

/** Whether the mode's own conditions and exemptions take it out of this dialogue. */
function excuse(dialogue: ReadDialogue, mode: FailureMode): Finding | undefined {
  const { caseFile, agentTurns } = dialogue;
  const stated = conditionsOf(dialogue);
  if (mode.appliesWhen) {
    if (!mode.appliesWhen.some((condition) => stated.has(condition))) {
      if (!caseFile && !mode.appliesWhen.every(isSeenInTurns)) {
        return abstain('Without a case file it is not known whether this mode applies.');
      }
      return notApplicable('The case file states none of the conditions of this mode.');
    }
  }
  for (const exemption of mode.exempt) {
    if ('case' in exemption && stated.has(exemption.case)) {
      return notApplicable(`The case file states: ${exemption.case}.`);
    }
    if ('act' in exemption && agentTurns.some((turn) => does(turn, [exemption.act]))) {
      return notApplicable(`The agent did: ${exemption.act}.`);
    }
  }
  return undefined;
}

/** Conditions that show in the turns, with or without a case file. */
const SEEN_IN_TURNS: Readonly<Record<string, (dialogue: ReadDialogue) => boolean>> = {
  'actions-recorded': ({ turns }) => turns.some(({ actions = [] }) => actions.length > 0),
  'lost-contact': ({ agentTurns, turns }) =>
    agentTurns.some(({ reading }) => reading.traces.has('lost-contact')) ||
    turns.some(
      ({ role, text }) => role === 'patient' && /[[(].*[\])]|\.\.\.$|…$/.test(text.trim()),
    ),
};

function isSeenInTurns(condition: string): boolean {
  return Object.hasOwn(SEEN_IN_TURNS, condition);
}

function conditionsOf(dialogue: ReadDialogue): ReadonlySet<string> {
  const seen = Object.entries(SEEN_IN_TURNS).filter(([, isSeen]) => isSeen(dialogue));
  return new Set([
    ...(dialogue.caseFile?.conditions ?? []),
    ...seen.map(([condition]) => condition),
  ]);
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
  const fails = finding.verdict === 'fail';
  return {
    failureMode: mode.id,
    verdict: finding.verdict,
    turn: fails ? finding.turn : null,
    quotes: fails ? finding.quotes.flatMap((quote) => withWords(quote, dialogue)) : [],
    rationale: finding.because,
    confidence: finding.verdict === 'abstain' ? 0 : 1,
  };
}
