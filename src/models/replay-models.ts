import type { ChatModel } from './chat-model.js';
import { familyOf } from './family.js';
import { parseModelSpec } from './model-spec.js';
import type { Models } from './open-model.js';

/** Models that open without key or package, for a replay: their calls are answered by its recording. */
export function replayModels(): Models {
  return { open: (name) => Promise.resolve(name).then(silent) };
}

function silent(name: string): ChatModel {
  const { provider, integration, model } = parseModelSpec(name);
  return {
    name,
    family: familyOf(integration || provider, model),
    complete: () => Promise.reject(new Error(`a replay would have called ${name}`)),
  };
}
