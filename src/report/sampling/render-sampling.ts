import { wrapped } from '../line.js';
import { bounds } from '../render-counts.js';
import type { RunSummary } from '../summarise-run.js';
import { textTable } from '../text-table.js';
import type { StratumSummary } from './summarise-sampling.js';
import { SAMPLING_NOTE, samplingSentence, whyStopped } from './words.js';

/** What a run that stopped early saved, and how to read its figures; nothing for one that held its whole plan. */
export function renderSampling({ sampling, run }: RunSummary, columns: number): string[] {
  if (!sampling) return [];
  return [
    ...wrapped(samplingSentence(sampling, run.plan), columns),
    ...wrapped(SAMPLING_NOTE, columns),
  ];
}

/** How far each hazard and agent was sampled, and why no further. */
export function renderStrata({ sampling }: Pick<RunSummary, 'sampling'>): string[] {
  if (!sampling) return [];
  const head = ['Sampling', 'agent', 'sampled', 'of', 'sequential [95 %]', 'stopped'];
  return ['', ...textTable([head, ...sampling.strata.map(rowOf)], [0, 1, 5])];
}

function rowOf(stratum: StratumSummary): string[] {
  const { agent, drawn, planned, interval } = stratum;
  const counts = [String(drawn), String(planned), `[${bounds(interval)}]`];
  return [nameOf(stratum), agent, ...counts, whyStopped(stratum)];
}

/** The hazard, its hard negatives apart. */
export function nameOf({ hazard, hardNegative }: StratumSummary): string {
  return hardNegative ? `${hazard} hard negatives` : hazard;
}
