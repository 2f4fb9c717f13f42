import type { AskedQuestion, Wanted } from './asked-questions.js';
import { contentWords, coverage, questionWords } from './content-words.js';
import { invitesAgreement, offers } from './asking-clauses.js';
import type { HeardSentence } from './heard-sentence.js';
import { cosine, shippedVectors, type NearQuestion, type CaseKind } from './question-vectors.js';
import type { SentenceVector } from './sentence-embedder.js';
import { ANY_AGREEMENT, isOfCase } from './topics.js';

/**
 * Set on the development probes (docs/patient.md). WORDS: weight of the words in common beside
 * cosines. RESERVE: what a question of any call, or the trigger, must lead by to be taken for meant
 * before a fact. DOUBT: by how much questions of other cases may lie nearer, less the lead over the
 * next best of this case, before this case is taken to hold no answer; what it denies must be nearer
 * itself. INVITED: what an agreement may lack to other questions where the clause is put as one; OWN:
 * what the case's own may lack to those of any call; DENIAL_LEAD: by how much what is denied must lead.
 */
const WORDS = 0.3;
const RESERVE = {
  fact: 0,
  item: 0,
  denies: 0,
  commitment: 0,
  trigger: 0.05,
  recall: 0.02,
} as const;
const RESERVE_OF_ANY_CALL = 0.08;
const DOUBT = 0.08;
const INVITED = 0.1;
const OWN = 0.1;
const DENIAL_LEAD = 0.1;

/** One thing that can be asked for, with all the questions that ask for it. */
interface Candidate {
  readonly wanted: Wanted;
  readonly words: Set<string>;
  readonly vectors: SentenceVector[];
}

interface Scored {
  readonly wanted: Wanted;
  /** Cosine of the nearest of its questions. */
  readonly nearness: number;
  /** That and the next nearest, and the words in common. */
  readonly score: number;
}

/** Where there is none to choose from: further than any question. */
const NOTHING: Scored = { wanted: ANY_AGREEMENT, nearness: -1, score: -1 };

/** Finds what a clause asks for among the questions of a case; undefined where it is not understood. */
export type QuestionMatcher = (clause: string, heard: HeardSentence) => Wanted | undefined;

export function createMatcher(
  questions: readonly AskedQuestion[],
  vectors: readonly SentenceVector[],
): QuestionMatcher {
  const candidates = gather(questions, vectors);
  const own = new Set(questions.map(({ text }) => shippedVectors().numberOf(text)));
  return (clause, heard) => {
    const words = contentWords(clause);
    const scored = candidates.map((candidate) => score(candidate, words, heard.vector));
    const [agreements, others] = split(scored);
    const elsewhere = (kind: CaseKind) => nearestElsewhere(heard.nearest[kind], own);
    const agrees = Math.max(elsewhere('agrees'), ...agreements.map(({ nearness }) => nearness));
    const asks = elsewhere('asks');
    const asksOwn = Math.max(
      ...others.filter(({ wanted }) => isOfCase(wanted.kind)).map(({ nearness }) => nearness),
    );
    const other = clearOfDenials(others);
    const invited = invitesAgreement(clause);
    const agreement = best(invited ? agreements : agreements.filter(isOwn));
    const lead = invited && !isCheck(other) ? INVITED : 0;
    const isAgreement =
      agreement.score + lead > other.score && agrees + lead > Math.max(asks, asksOwn);
    if (isAgreement) return ownAgreement(agreements, agreement).wanted;
    if (isMeant(other, others, asks)) return other.wanted;
    return offers(clause) ? ANY_AGREEMENT : undefined;
  };
}

function gather(
  questions: readonly AskedQuestion[],
  vectors: readonly SentenceVector[],
): Candidate[] {
  const candidates = new Map<string, Candidate>();
  for (const [index, { text, wanted }] of questions.entries()) {
    const key = `${wanted.kind} ${wanted.id}`;
    const candidate = candidates.get(key) ?? { wanted, words: labelWords(wanted), vectors: [] };
    candidates.set(key, candidate);
    for (const word of questionWords(text)) candidate.words.add(word);
    const vector = vectors[index];
    if (vector) candidate.vectors.push(vector);
  }
  return [...candidates.values()];
}

function labelWords(wanted: Wanted): Set<string> {
  return wanted.kind === 'fact' || wanted.kind === 'recall'
    ? contentWords(wanted.label)
    : new Set();
}

function score(
  { wanted, words, vectors }: Candidate,
  asked: ReadonlySet<string>,
  heard: SentenceVector,
): Scored {
  const nearest = vectors.map((vector) => cosine(vector, heard)).sort((a, b) => b - a);
  const [nearness = -1] = nearest;
  const near = (nearness + mean(nearest.slice(0, 3))) / 2;
  return { wanted, nearness, score: near + WORDS * coverage(asked, words) - reserveOf(wanted) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function reserveOf({ kind }: Wanted): number {
  return kind in RESERVE ? RESERVE[kind as keyof typeof RESERVE] : RESERVE_OF_ANY_CALL;
}

/** Whether it leads clearly enough over all else in this case and in others. */
function isMeant(found: Scored, others: readonly Scored[], elsewhere: number): boolean {
  const next = best(others.filter((other) => other !== found));
  if (found.wanted.kind === 'denies' && found.score < elsewhere) return false;
  return found.score - elsewhere + (found.score - next.score) >= -DOUBT;
}

function split(scored: readonly Scored[]): [Scored[], Scored[]] {
  const agreements = scored.filter(({ wanted }) => wanted.kind === 'commitment');
  return [agreements, scored.filter(({ wanted }) => wanted.kind !== 'commitment')];
}

/** "Is that right?" is put like an offer and is none. */
function isCheck({ wanted: { kind } }: Scored): boolean {
  return kind === 'right' || kind === 'wrong';
}

function best(scored: readonly Scored[]): Scored {
  return scored.reduce((a, b) => (b.score > a.score ? b : a), NOTHING);
}

/** A false no costs most: what the case denies must be clearly nearer than all that it could mean instead. */
function clearOfDenials(scored: readonly Scored[]): Scored {
  const nearest = best(scored);
  if (nearest.wanted.kind !== 'denies') return nearest;
  const instead = best(scored.filter(({ wanted }) => wanted.kind !== 'denies'));
  return nearest.score < instead.score + DENIAL_LEAD ? instead : nearest;
}

function isOwn({ wanted }: Scored): boolean {
  return wanted.id !== ANY_AGREEMENT.id;
}

/** The case's own agreement where it is nearly as near, since only that says where the patient stands. */
function ownAgreement(agreements: readonly Scored[], nearest: Scored): Scored {
  const own = best(agreements.filter(isOwn));
  return own.score + OWN >= nearest.score ? own : nearest;
}

/** Cosine of the nearest shipped question that is none of this case's own. */
function nearestElsewhere(
  nearest: readonly NearQuestion[],
  own: ReadonlySet<number | undefined>,
): number {
  return nearest.find(({ number }) => !own.has(number))?.cosine ?? -1;
}
