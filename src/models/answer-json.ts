import { shallow } from '../read-file.js';

/**
 * The outermost JSON object of an answer; undefined where there is none. Some models wrap it in a fence
 * or a sentence.
 */
export function answerJson(text: string): unknown {
  const [from, to] = [text.indexOf('{'), text.lastIndexOf('}')];
  try {
    return shallow(JSON.parse(text.slice(Math.max(from, 0), to + 1)) as unknown);
  } catch {
    return undefined;
  }
}
