import type { SpoiledSpeech } from './faults.js';

/** What a model says, and how that ends. The text of a refusal is its words. */
export interface Spoken {
  readonly text: string;
  readonly finish: 'stop' | 'length' | 'refused' | 'filtered';
}

/** What is left of an answer that met the fault. */
export function spoil({ text, finish }: Spoken, fault: SpoiledSpeech): Spoken {
  switch (fault) {
    case 'empty':
      return { text: '', finish };
    case 'truncated':
      return { text: text.slice(0, Math.ceil(text.length / 2)), finish: 'length' };
    case 'refused':
      return { text: 'I’m sorry, but I can’t help with that.', finish: 'refused' };
    case 'filtered':
      return { text: '', finish: 'filtered' };
  }
}

/** A rough count, as good as any for budgets: four characters a token. */
export function tokensOf(...texts: readonly string[]): number {
  return Math.ceil(texts.reduce((sum, text) => sum + text.length, 0) / CHARACTERS_A_TOKEN);
}

/** Cut where the request allows no more tokens. */
export function cutToLimit(spoken: Spoken, maxTokens: number | undefined): Spoken {
  if (maxTokens === undefined || tokensOf(spoken.text) <= maxTokens) return spoken;
  return { text: spoken.text.slice(0, maxTokens * CHARACTERS_A_TOKEN), finish: 'length' };
}

const CHARACTERS_A_TOKEN = 4;
