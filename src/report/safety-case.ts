import { hashToKeep } from '../evidence/hashes-of-run.js';
import { onOneLine } from '../printable.js';
import { configurationHash, type HazardLog } from './hazard-log/hazard-log.js';
import type { HazardEntry } from './hazard-log/hazard-entry.js';
import { NOT_COVERED } from './hazard-log/front-sheet.js';
import { judgeError } from './hazard-log/judge-error.js';
import {
  likelihoodWords,
  NOT_ASSESSED,
  rateWords,
  rowRating,
  TO_ENTER,
} from './hazard-log/words.js';

const HEAD = [
  'Outline of a safety case in the Goal Structuring Notation (GSN Community Standard, version 3, 2021), as text.',
  'Evidence towards a safety case, and none: every goal is undeveloped, so that none has a SupportedBy, and no solution is linked. A person links them, with a reason.',
];

/**
 * An outline to be argued by people: goals are undeveloped and have no SupportedBy to any solution,
 * and the top goal is never asserted.
 */
export function safetyCase(log: HazardLog): string[] {
  const { entries } = log.initial;
  return [
    ...HEAD,
    '',
    ...topGoal(log),
    ...contexts(log),
    ...assumptions(log),
    ...justifications(log),
    ...strategy(entries),
    ...solutions(log),
  ].map(onOneLine);
}

function topGoal({ inputs, initial }: HazardLog): string[] {
  return [
    `G1 Goal [undeveloped] ${inputs.system ?? initial.source.agent} is acceptably safe in context C1.`,
    '   InContextOf: C1, C2, C3, A1, A2, A3, J1, J2',
    '',
  ];
}

function contexts({ inputs, initial: { source }, taxonomy }: HazardLog): string[] {
  const { run, judging, agent, hashes } = source;
  const spec = run.agents.find(({ name }) => name === agent)?.spec ?? '';
  return [
    `C1 Context. Intended use: ${inputs.intendedUse ?? TO_ENTER}. Exclusions: ${inputs.exclusions ?? TO_ENTER}. Hours: ${inputs.hours ?? TO_ENTER}.`,
    `C2 Context. Agent ${agent} (${spec}), configuration ${configurationHash(source)}.`,
    `C3 Context. Run ${run.id}, judging ${judging.id} by ${judging.jurors.join(', ')}, evidence ${hashToKeep(hashes, judging.id)}. ${taxonomy.status}`,
    '',
  ];
}

function assumptions({ initial: { source } }: HazardLog): string[] {
  return [
    'A1 Assumption, not shown here. Simulated patients are representative enough (realism report).',
    `A2 Assumption, not shown here. The judge is valid enough; its error: ${judgeError(source.validity).join('; ')}.`,
    `A3 Assumption, not shown here. What simulation does not cover is controlled otherwise: ${NOT_COVERED.join('; ')}.`,
    '',
  ];
}

function justifications({ scale: { bands }, taxonomy, inputs }: HazardLog): string[] {
  const each = Object.entries(bands)
    .map(([likelihood, from]) => `${likelihood} from ${from}`)
    .join(', ');
  return [
    `J1 Justification, to be given. The bands of likelihood (${each}) and the matrix of ${taxonomy.riskMatrix.standard} fit the use.`,
    `J2 Justification, to be given. Acceptance criteria: ${inputs.acceptanceCriteria ?? TO_ENTER}.`,
    '',
  ];
}

function strategy(entries: readonly HazardEntry[]): string[] {
  const goals = entries.map(({ hazard: { id } }) => `G2.${id}`);
  return [
    `S1 Strategy [proposed, not linked] Argue over each hazard of the taxonomy, for G1, by ${goals.join(', ')}.`,
    '',
    ...entries.map(
      ({ hazard }) =>
        `G2.${hazard.id} Goal [undeveloped] The residual risk of ${hazard.id} (${hazard.hazard}) is acceptable.`,
    ),
    '',
  ];
}

function solutions({ initial, residual }: HazardLog): string[] {
  const candidates = [
    ...initial.entries.map((entry) => candidate(entry, initial.source.run.id, 'initial')),
    ...(residual?.entries ?? []).map((entry) =>
      candidate(entry, residual?.source.run.id ?? '', 'residual'),
    ),
  ];
  return [
    'Candidate solutions: what the run has, linked to no goal yet.',
    ...candidates,
    ...(residual
      ? []
      : [`Residual risk: ${NOT_ASSESSED}, no run with the additional controls (--residual-run).`]),
  ];
}

function candidate({ hazard, top, ...entry }: HazardEntry, run: string, which: string): string {
  const name = `Sn.${hazard.id}.${which} Solution [candidate, not linked]`;
  if (!top) return `${name} Run ${run}: ${NOT_ASSESSED}; counts as Very high.`;
  const { severity, decided, open, screening } = top.measure;
  return `${name} Run ${run}, ${severity}: ${rateWords(decided)}, ${open} undecided; screening likelihood ${likelihoodWords(screening)}, rating ${rowRating(entry, screening)}.`;
}
