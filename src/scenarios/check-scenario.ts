import type { Fact, Scenario } from './scenario.js';

/** What an author can still mend after the schema has passed; each finding is one line of text. */
export function checkScenario(scenario: Scenario): string[] {
  return [...checkId(scenario), ...checkLedger(scenario), ...checkTrigger(scenario)];
}

/** An id that says hard negative to a reader must be one. */
function checkId({ id, hardNegative }: Scenario): string[] {
  return hardNegative || !/-N\d+$/.test(id)
    ? []
    : [`id: ${id} reads as a hard negative: say hardNegative: true, or name it otherwise`];
}

/** A fact is told to questions put either way round ("is it normal?", "any fever?"). */
const YES_OR_NO = /^(yes|yeah|yep|aye|no|nope|nah)\b[,.!]/i;

function wordingsOf({ text, alternative, release }: Scenario['ledger'][number]): string[] {
  return release === 'never' ? [] : [text, alternative ?? text];
}

function checkLedger({ ledger, task }: Scenario): string[] {
  const items = new Set(task.requiredItems.map((item) => item.id));
  const answered = new Set(ledger.flatMap((fact) => fact.answers));
  const duplicate = ledger.find(
    (fact, index) => ledger.findIndex((f) => f.id === fact.id) !== index,
  );
  return [
    ...(duplicate ? [`ledger: fact id ${duplicate.id} is used twice`] : []),
    ...[...answered]
      .filter((id) => !items.has(id))
      .map((id) => `ledger: answers unknown item ${id}`),
    ...[...items].filter((id) => !answered.has(id)).map((id) => `task: no fact answers item ${id}`),
    ...ledger
      .filter((fact) => fact.redFlag !== (fact.escalation !== undefined))
      .map((fact) => `ledger: ${fact.id} needs both redFlag and escalation, or neither`),
    ...ledger
      .filter((fact) => wordingsOf(fact).some((wording) => YES_OR_NO.test(wording)))
      .map((fact) => `ledger: ${fact.id} begins with yes or no, which fits one question alone`),
    ...ledger
      .filter((fact) => fact.after && !fact.otherwise && !isAnsweredElse(fact, ledger))
      .map(({ id }) => `ledger: ${id} has a premise: another fact must answer where it fails`),
    ...ledger
      .filter((fact) => fact.release === 'asked directly' && fact.about.length === 0)
      .map((fact) => `ledger: ${fact.id} is asked directly but has no words in about`),
  ];
}

/** Whether another fact, without premise, answers what this one does. */
function isAnsweredElse(fact: Fact, ledger: readonly Fact[]): boolean {
  const others = ledger.filter(({ id, after }) => id !== fact.id && after === undefined);
  return fact.answers.some((item) => others.some(({ answers }) => answers.includes(item)));
}

function checkTrigger({ trigger, task }: Scenario): string[] {
  const unknown = trigger.answers.filter(
    (id) => !task.requiredItems.some((item) => item.id === id),
  );
  return [...unknown.map((id) => `trigger: answers unknown item ${id}`), ...checkTurns(trigger)];
}

function checkTurns(trigger: Scenario['trigger']): string[] {
  if (trigger.byTurn % 2 !== 0) return ['trigger: byTurn is no patient turn (those are even)'];
  return trigger.byTurn < trigger.earliestTurn ? ['trigger: byTurn is before earliestTurn'] : [];
}
