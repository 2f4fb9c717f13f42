import { hash } from 'node:crypto';
import { describePlace, placeKey, type AskedCall, type Call } from '../calls/call.js';
import type { Recording } from '../calls/recording.js';
import { assertSame, ReplayDiffers } from './replay-differs.js';

/** A recording that is read alone: whatever is asked must be in it, and all that is in it be asked. */
export interface ReplayRecording extends Recording {
  /** @throws ReplayDiffers naming the first call that was made then and not now */
  assertAllAsked(): void;
}

/** @param recorded the calls of one sitting */
export function replayRecording(recorded: readonly Call[]): ReplayRecording {
  const left = new Map(recorded.map((call) => [placeKey(call), call]));
  return {
    find: (asked) => {
      const call = left.get(placeKey(asked));
      if (!call) throw unrecorded(asked);
      assertIntact(call);
      if (call.requestHash !== asked.requestHash) {
        assertSame(describePlace(call), call.request, asked.request);
      }
      left.delete(placeKey(asked));
      return call;
    },
    keep: () => Promise.reject(new Error('a replay keeps nothing')),
    assertAllAsked: () => {
      const [call] = left.values();
      if (call) {
        throw new ReplayDiffers({ where: describePlace(call), was: lastWords(call), now: null });
      }
    },
  };
}

/** A request that is not the one of its hash was altered in the store. */
function assertIntact(call: Call): void {
  const now = hash('sha256', JSON.stringify(call.request));
  assertSame(`${describePlace(call)}, hash of its request in the journal`, call.requestHash, now);
}

function unrecorded(asked: AskedCall): ReplayDiffers {
  return new ReplayDiffers({ where: describePlace(asked), was: null, now: lastWords(asked) });
}

/** The end of a request, which is what sets it apart from others of its role. */
function lastWords({ request }: Pick<AskedCall, 'request'>): string {
  const text = JSON.stringify(request);
  return text.length > 160 ? `…${text.slice(-160)}` : text;
}
