import type { LabelledDialogue } from '../labelled/labelled-dialogue.js';
import type { Prices } from '../models/budget.js';
import { createMeter, type Used } from '../models/meter.js';
import { quantile } from '../statistics/quantile.js';
import type { BenchedJudge } from './benched-judge.js';
import type { Call } from './judged-dialogue.js';

/** What a judge took. A verdict is one mode on one dialogue; a dialogue counts as often as it was judged. */
export interface JudgingCost extends Used {
  readonly judgings: number;
  readonly verdicts: number;
  readonly callsPerDialogue: number | null;
  readonly tokensPerVerdict: number | null;
  /** Wall time, in seconds; null where answers came from a recording. */
  readonly seconds: number | null;
  /** Median over dialogues, in seconds; null as `seconds`. */
  readonly medianSeconds: number | null;
}

/** A judge that keeps count of its calls. */
export interface CostedJudge {
  call(dialogue: LabelledDialogue, repeat: number, signal: AbortSignal): Promise<readonly Call[]>;
  /** Since it was made; null where verdicts were made elsewhere. */
  cost(): JudgingCost | null;
}

export function keepCost(judge: BenchedJudge, prices?: Prices): CostedJudge {
  const meter = createMeter(prices);
  const began = performance.now();
  const times: number[] = [];
  let verdicts = 0;
  return {
    call: async (dialogue, repeat, signal) => {
      const started = performance.now();
      const calls = await judge.call(dialogue, { repeat, meter, signal });
      times.push(secondsSince(started));
      verdicts += calls.length;
      return calls;
    },
    cost: () =>
      judge.isMetered
        ? costOf(meter.used, { times, verdicts, seconds: secondsSince(began) })
        : null,
  };
}

interface Work {
  readonly times: readonly number[];
  readonly verdicts: number;
  readonly seconds: number;
}

function costOf(used: Used, { times, verdicts, seconds }: Work): JudgingCost {
  const isTimed = used.replayed === 0;
  const tokens = used.inputTokens + used.outputTokens;
  return {
    ...used,
    judgings: times.length,
    verdicts,
    callsPerDialogue: times.length === 0 ? null : used.calls / times.length,
    tokensPerVerdict: verdicts === 0 ? null : tokens / verdicts,
    seconds: isTimed ? seconds : null,
    medianSeconds: isTimed ? (quantile(times, 0.5) ?? null) : null,
  };
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}
