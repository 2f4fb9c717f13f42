import { EventEmitter, once } from 'node:events';
import { dialogueId, type DialogueKey } from '../../store/run-record.js';
import type { SampledOutcome } from './sampled-outcome.js';
import { sampleStratum, type OutcomeOf, type StoppingRule } from './sample-stratum.js';
import type { Stratum } from './strata.js';

/** Hands out the dialogues of a run that stops early, as outcomes of earlier ones come in. */
export interface Sampler {
  /** Waits where what is next hangs on a dialogue that was handed out and has not ended. */
  readonly keys: AsyncGenerator<DialogueKey, void>;
  /** Ends a dialogue that was handed out; without an outcome it is not handed out again. */
  settle(key: DialogueKey, outcome: SampledOutcome | undefined): void;
  /** Hands out no more. */
  end(): void;
}

/**
 * Takes the strata in turn.
 * @param known outcomes of dialogues that were held and judged before, by id
 * @param mayGoOn asked before each dialogue
 */
export function openSampler(
  strata: readonly Stratum[],
  known: ReadonlyMap<string, SampledOutcome>,
  rule: StoppingRule,
  mayGoOn: () => boolean,
): Sampler {
  const outcomes = new Map(known);
  const outcomeOf = (key: DialogueKey) => outcomes.get(dialogueId(key));
  const queues = strata.map((stratum) => openQueue(stratum, outcomeOf, rule));
  let turn = 0;
  let underWay = 0;
  let ended = false;
  const news = new EventEmitter();

  function take(): DialogueKey | undefined {
    const inTurn = [...queues.slice(turn), ...queues.slice(0, turn)];
    for (const [passed, queue] of inTurn.entries()) {
      const key = queue();
      if (!key) continue;
      turn = (turn + passed + 1) % queues.length;
      return key;
    }
    return undefined;
  }

  async function* handOut(): AsyncGenerator<DialogueKey, void> {
    while (!ended && mayGoOn()) {
      const key = take();
      if (key) {
        underWay += 1;
        yield key;
      } else if (underWay === 0) return;
      else await once(news, 'news');
    }
  }

  return {
    keys: handOut(),
    settle(key, outcome) {
      underWay -= 1;
      if (outcome) outcomes.set(dialogueId(key), outcome);
      news.emit('news');
    },
    end() {
      ended = true;
      news.emit('news');
    },
  };
}

/** The next of a stratum; undefined where it has stopped, or waits for those of its block. */
function openQueue(
  stratum: Stratum,
  outcomeOf: OutcomeOf,
  rule: StoppingRule,
): () => DialogueKey | undefined {
  let block = sampleStratum(stratum, outcomeOf, rule).next;
  let handedOut = 0;
  return () => {
    if (block.length > 0 && block.every((key) => outcomeOf(key) !== undefined)) {
      block = sampleStratum(stratum, outcomeOf, rule).next;
      handedOut = 0;
    }
    const key = block[handedOut];
    if (key) handedOut += 1;
    return key;
  };
}
