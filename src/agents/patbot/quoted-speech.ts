import { undisguised } from '../../printable.js';

/**
 * Untrusted speech between marks that it cannot hold itself: on one line, and without the marks in
 * it or what looks like them, an agent's words pass neither for an instruction nor for a direction.
 */
export function quotedSpeech(text: string): string {
  const speech = undisguised(oneLine(text.replace(/<{2,}|>{2,}/g, ' ')));
  return `<<<${speech || '(silence)'}>>>`;
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
