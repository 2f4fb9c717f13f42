import { loadPhrases, type PatientPhrases } from '../phrases.js';
import { askingClauses, partsOf, type AskingClause } from './asking-clauses.js';
import type { Wanted } from './asked-questions.js';
import { actsIn } from './dialogue-acts.js';
import type { Act, EarKind, Form, Heard } from './ear.js';
import { questionIndex, type QuestionIndex } from './question-index.js';
import { isAnyAgreement, type Topic } from './topics.js';

let phrases: PatientPhrases | undefined;

/** The ear by rules: takes a turn's questions apart and finds the known question nearest to each. */
export const OFFLINE_EAR: EarKind = {
  spec: 'offline',
  prompts: [],
  open: ({ scenario }) => {
    phrases ??= loadPhrases();
    const { hearing } = phrases;
    const find = questionIndex(scenario);
    return {
      hear: async ({ text }) => {
        const asked = await findAll(askingClauses(text), find);
        return heardAs(actsIn(text, hearing), asked);
      },
    };
  },
};

interface AskedFor {
  readonly clause: AskingClause;
  readonly wanted: Wanted | undefined;
}

async function findAll(clauses: readonly AskingClause[], find: QuestionIndex): Promise<AskedFor[]> {
  return (await Promise.all(clauses.map((clause) => findIn(clause, find)))).flat();
}

/** What such a part asks about stands in the one before. */
const REFERS_BACK = /\b(?:it|them|they|those)\b/i;

/** A clause that asks two things is taken apart where each part is found to ask another thing. */
async function findIn(clause: AskingClause, find: QuestionIndex): Promise<AskedFor[]> {
  const wanted = await find(clause);
  const parts = partsOf(clause.text);
  if (parts.length === 1) return [{ clause, wanted }];
  const alone = parts.filter((text, index) => index === 0 || !REFERS_BACK.test(text));
  const found = await Promise.all(alone.map((text) => find({ ...clause, text })));
  const named = [...new Set(found.flatMap((part) => part ?? []).filter(isWeighty))];
  const apart = named.length > 1 || (named.length > 0 && !(wanted && isWeighty(wanted)));
  return apart ? named.map((part) => ({ clause, wanted: part })) : [{ clause, wanted }];
}

/** A topic that this case can answer, beside an agreement that any call can ask for. */
function isWeighty(wanted: Wanted): boolean {
  return isTopic(wanted) && !isAnyAgreement(wanted);
}

function heardAs(acts: readonly Act[], asked: readonly AskedFor[]): Heard {
  const found = asked.flatMap(({ wanted }) => wanted ?? []);
  // "Is that all right?" after a read-back asks about that.
  const wanted = acts.includes('reads-back') ? found.filter((one) => !isAnyAgreement(one)) : found;
  const topics = topicsAmong(wanted);
  return {
    acts: [...new Set([...acts, ...wanted.map(actOf)])],
    topics,
    form: topics.length > 1 ? 'several' : formOf(asked),
    understood: asked.length === 0 || found.length > 0,
  };
}

/** In the order asked. "Is that all right?" beside a question is no second question. */
function topicsAmong(wanted: readonly Wanted[]): Topic[] {
  const topics = [...new Set(wanted.filter(isTopic))];
  const weighty = topics.filter((topic) => !isAnyAgreement(topic));
  return weighty.length > 0 ? weighty : topics.slice(0, 1);
}

function isTopic(wanted: Wanted): wanted is Topic {
  return wanted.id !== '';
}

function actOf({ kind }: Wanted): Act {
  switch (kind) {
    case 'identity':
      return 'asks-identity';
    case 'openly':
      return 'asks-openly';
    case 'right':
      return 'asks-if-right';
    case 'wrong':
      return 'asks-if-wrong';
    case 'commitment':
      return 'asks-commitment';
    default:
      return 'asks-topic';
  }
}

function formOf(asked: readonly AskedFor[]): Form | undefined {
  const understood = asked.find(({ wanted }) => wanted !== undefined) ?? asked[0];
  return understood?.clause.form;
}
