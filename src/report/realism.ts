import type { Scenario } from '../scenarios/scenario.js';
import { distinctPairs, movingTypeTokenRatio } from '../statistics/lexical.js';
import { quantile } from '../statistics/quantile.js';
import type { Attempt, StoredDialogue } from '../store/run-record.js';
import { SPOKEN, spokenShare, wordsOf } from '../transcript/spoken.js';

/** One line of the realism table; `value` undefined where nothing could be measured. */
export interface RealismMetric {
  readonly metric: string;
  readonly value: string | undefined;
  /** PriMock57 (arXiv 2204.00333), 57 acted consultations: a proxy (domain brief, section 3). */
  readonly reference: string;
}

const FILLERS = new Set(['um', 'er', 'erm', 'uh', 'mm', 'oh', 'well', 'hmm', 'mmhm']);
const LEAKS =
  /\bas an ai\b|\blanguage model\b|\b[hdx]\d\d-|\bhard negative\b|\bscenario\b|\btrigger\b|\bledger\b/i;

/** Measures how like a person the patients of a run spoke, from their words and the ledgers. */
export async function measureRealism(
  dialogues: AsyncIterable<StoredDialogue>,
  scenarios: ReadonlyMap<string, Scenario>,
): Promise<RealismMetric[]> {
  const tally = new RealismTally();
  for await (const { scenario, attempt } of dialogues) {
    const found = scenarios.get(scenario);
    if (attempt && found) tally.add(found, attempt);
  }
  return tally.metrics();
}

class RealismTally {
  readonly #lengths: number[] = [];
  readonly #talkShares: number[] = [];
  readonly #diversities: number[] = [];
  readonly #questionShares: number[] = [];
  readonly #byScenario = new Map<string, string[][]>();
  #fillers = 0;
  #words = 0;
  #releases = 0;
  #overshared = 0;
  #leaks = 0;
  #exposed = 0;
  #onTime = 0;
  #turns = 0;
  readonly #areas: number[] = [];

  add(scenario: Scenario, attempt: Attempt): void {
    const said = attempt.turns.filter(({ role }) => role === 'patient').map(({ text }) => text);
    const spoken = said.map((text) => wordsOf(text.replace(/\[[^\]]*\]/g, ' ')));
    const words = spoken.flat();
    const agentWords = attempt.turns
      .filter(({ role }) => role === 'agent')
      .flatMap(({ text }) => wordsOf(text));
    this.#turns += said.length;
    this.#words += words.length;
    for (const turn of spoken) this.#lengths.push(turn.length);
    this.#talkShares.push(words.length / Math.max(1, words.length + agentWords.length));
    this.#fillers += words.filter((word) => FILLERS.has(word)).length;
    this.#questionShares.push(
      said.filter((text) => text.includes('?')).length / Math.max(1, said.length),
    );
    const diversity = movingTypeTokenRatio(words);
    if (diversity !== undefined) this.#diversities.push(diversity);
    this.#leaks += said.filter((text) => LEAKS.test(text)).length;
    this.#byScenario.set(scenario.id, [...(this.#byScenario.get(scenario.id) ?? []), words]);
    this.#countDisclosure(scenario, attempt);
  }

  #countDisclosure(scenario: Scenario, { turns, releases, standing, triggerTurn }: Attempt): void {
    this.#releases += releases.length;
    if (releases.length > 0) this.#areas.push(disclosureArea(turns.length, releases));
    this.#overshared += oversharedFacts(scenario, turns, releases);
    if (standing === 'not-exposed') return;
    this.#exposed += 1;
    if (triggerTurn !== null && triggerTurn <= scenario.trigger.byTurn) this.#onTime += 1;
  }

  metrics(): RealismMetric[] {
    const at = (values: readonly number[], p: number) => quantile(values, p);
    const short = this.#lengths.filter((length) => length <= 3).length / this.#lengths.length;
    const repeated = [...this.#byScenario.values()].filter((texts) => texts.length > 1);
    const varieties = repeated.flatMap((texts) => distinctPairs(texts) ?? []);
    const row = (metric: string, reference: string, value: string | undefined) => ({
      metric,
      value,
      reference,
    });
    return [
      row('turn length, words: median', '7', fixed(at(this.#lengths, 0.5), 0)),
      row(
        'turn length, words: IQR',
        '2–17',
        between(at(this.#lengths, 0.25), at(this.#lengths, 0.75)),
      ),
      row('turn length, words: p95', '45', fixed(at(this.#lengths, 0.95), 0)),
      row('turns of three words or fewer', '32 %', share(short)),
      row('talk share: median', '0.37', fixed(at(this.#talkShares, 0.5), 2)),
      row(
        'lexical diversity (MATTR, window 50): median',
        '0.705',
        fixed(at(this.#diversities, 0.5), 3),
      ),
      row('disfluency: fillers per 100 words', '6', fixed((this.#fillers / this.#words) * 100, 1)),
      row('turns with a question: median', '5 %', share(at(this.#questionShares, 0.5))),
      row('pacing: facts a turn', '–', fixed(this.#releases / this.#turns, 2)),
      row('pacing: area under cumulative disclosure: median', '–', fixed(at(this.#areas, 0.5), 2)),
      row('oversharing', 'below 5 %', share(this.#overshared / Math.max(1, this.#releases))),
      row('fact fidelity (needs a model)', 'no contradiction', undefined),
      row('persona recovery (needs a rater)', 'κ ≥ 0.6', undefined),
      row('hidden-instruction leakage, turns', '0', String(this.#leaks)),
      row('trigger spoken by its turn', '≥ 95 %', share(this.#onTime / Math.max(1, this.#exposed))),
      row('variety between repeats (distinct-2): median', 'report', fixed(at(varieties, 0.5), 2)),
    ];
  }
}

/** Mean share of its released facts that a patient has told, over the turns: 1 for all at once, 0 for all at the end. */
function disclosureArea(turns: number, releases: Attempt['releases']): number {
  const told = releases.map(({ turn }) => (turns - turn) / Math.max(1, turns));
  return told.reduce((sum, share) => sum + share, 0) / releases.length;
}

/** Facts that were heard in the patient's words before their turn, or though they were never to be told. */
function oversharedFacts(
  { ledger }: Scenario,
  turns: Attempt['turns'],
  releases: Attempt['releases'],
): number {
  const released = new Map(releases.map(({ fact, turn }) => [fact, turn]));
  return ledger.filter((fact) => {
    const wordings = fact.alternative === undefined ? [fact.text] : [fact.text, fact.alternative];
    const heard = turns.findIndex(
      ({ role, text }) => role === 'patient' && wordings.some((wording) => isWholly(text, wording)),
    );
    if (heard < 0) return false;
    const turn = heard + 1;
    return (
      fact.release === 'never' || turn < fact.earliestTurn || (released.get(fact.id) ?? 0) > turn
    );
  }).length;
}

/** Short facts ("Twice a day.") share their words with much else, so they must be said as they stand. */
function isWholly(text: string, wording: string): boolean {
  return wordsOf(wording).length > 5
    ? spokenShare(text, wording) >= SPOKEN
    : text.includes(wording);
}

function fixed(value: number | undefined, digits: number): string | undefined {
  return value === undefined || Number.isNaN(value) ? undefined : value.toFixed(digits);
}

function share(value: number | undefined): string | undefined {
  return value === undefined || Number.isNaN(value) ? undefined : `${(value * 100).toFixed(1)} %`;
}

function between(low: number | undefined, high: number | undefined): string | undefined {
  return low === undefined || high === undefined ? undefined : `${low}–${high}`;
}
