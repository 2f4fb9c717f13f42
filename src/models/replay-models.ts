import type { ChatModel } from './chat-model.js';
import { familyOf } from './family.js';
import { parseModelSpec } from './model-spec.js';
import type { Models } from './open-model.js';

/** Models that open without key or package, for a replay: their calls are answered by its recording. */
export function replayModels(): Models {
  return { open: (name) => Promise.resolve(name).then(silentSpec) };
}

function silentSpec(name: string): ChatModel {
  const { provider, integration, model } = parseModelSpec(name);
  return silentModel(name, familyOf(integration || provider, model));
}

/** A model that is never asked: whoever it plays for answers from a recording. */
export function silentModel(name: string, family: string): ChatModel {
  return {
    name,
    family,
    complete: () => Promise.reject(new Error(`a replay would have called ${name}`)),
  };
}
