import { wordsOf } from '../transcript/spoken.js';
import { closestPairs } from './similarity.js';
import { cueTexts, type Scenario } from './scenario.js';

/** No two scenarios may share more of their trigrams. */
const TOO_ALIKE = 0.5;

/** What only shows when scenarios are held beside each other; each finding is one line of text. */
export function checkLibrary(scenarios: readonly Scenario[]): string[] {
  const alike = closestPairs(scenarios, 20)
    .filter(({ similarity }) => similarity > TOO_ALIKE)
    .map(
      ({ a, b, similarity }) =>
        `${a} and ${b} share ${Math.round(similarity * 100)} % of their trigrams`,
    );
  const known = drugNames(scenarios);
  return [...alike, ...scenarios.flatMap((scenario) => unlistedDrugs(scenario, known))];
}

/** Names of drugs in any vignette: the first word of each entry. */
function drugNames(scenarios: readonly Scenario[]): ReadonlySet<string> {
  const names = scenarios.flatMap(({ vignette }) =>
    vignette.drugs.map((drug) => (/\bpack\b/.test(drug) ? '' : (wordsOf(drug)[0] ?? ''))),
  );
  return new Set(names.filter((name) => name.length > 5));
}

/** Drugs that the patient speaks of and no line of the vignette accounts for. */
function unlistedDrugs(scenario: Scenario, known: ReadonlySet<string>): string[] {
  const { vignette, ledger, task } = scenario;
  const accounted = new Set(
    [
      ...vignette.drugs,
      ...vignette.unrecordedDrugs,
      ...vignette.allergies,
      ...vignette.history,
      vignette.reason,
      ...task.protectedDetails,
      scenario.title,
      scenario.escalation.reason,
    ].flatMap(wordsOf),
  );
  const spoken = [...ledger.map(({ text }) => text), ...cueTexts(scenario)].flatMap(wordsOf);
  return [...new Set(spoken)]
    .filter((word) => known.has(word) && !accounted.has(word))
    .map((word) => `${scenario.id}: the patient speaks of ${word}, which the vignette lacks`);
}
