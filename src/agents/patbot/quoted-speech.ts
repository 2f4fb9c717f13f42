/**
 * Untrusted speech between marks that it cannot hold itself: on one line, and without the marks in
 * it, an agent's words pass neither for an instruction nor for a direction.
 */
export function quotedSpeech(text: string): string {
  return `<<<${oneLine(text.replace(/<{2,}|>{2,}/g, ' ')) || '(silence)'}>>>`;
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
