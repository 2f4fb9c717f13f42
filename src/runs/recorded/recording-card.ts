import { onOneLine } from '../../printable.js';
import type { RecordedAnswers } from '../../judge/recorded/recorded-answers.js';
import { UNNAMED, type RecordingFacts } from './recording-facts.js';

/** The data card of a recording, in Markdown: how it was made, and what it does not show. */
export function recordingCard(
  { model, makings }: RecordingFacts,
  answers: RecordedAnswers,
): string {
  const again = [...answers.values()].filter((question) => question.answers.length > 1).length;
  const who =
    model === UNNAMED
      ? 'a large language model (unnamed)'
      : `the language model \`${onOneLine(model).replaceAll('`', '')}\``;
  const parts = [
    '# Recorded answers of a juror: data card',
    `${answers.size} questions about dialogues of reference agents with simulated patients, with the answers of ${who}; ${again} were asked again because an answer had a flaw. **No clinician was involved**; research draft.`,
    '**How it was made.** Each prompt was answered on its own by that model, which saw nothing else: no labels, no other verdict. Nothing was edited afterwards. What an answer says counts only as far as it passes the checks that every model’s answer must pass, at each run anew.',
    '**What it shows.** How the judging of a language model looks, without a key. Cases and verdicts come from one kind of model, so it illustrates, and proves no validity: neither of the judge, nor of an agent. Questions are found by what is asked; what changed since is open, and counted.',
    `**Makings.** Made anew ${makings.length - 1} times.`,
    [HEAD, ...makings.map(rowOf)].join('\n'),
    '**Form.** `answers.jsonl`, a question a line, sorted by `key` (SHA-256 of what is asked); `nonce` gives the marks and the order of modes with which its prompt was put, `prompt` is the SHA-256 of that. `recording.json` holds the facts that stand here; this file is written from them.',
  ];
  return `${parts.join('\n\n')}\n`;
}

const HEAD = `| from | to | package | answered | removed | what had changed |
|---|---|---|--:|--:|---|`;

function rowOf(making: RecordingFacts['makings'][number]): string {
  const cells = [
    making.from.slice(0, 10),
    making.to.slice(0, 10),
    making.package,
    String(making.made),
    String(making.removed),
    making.changed.join(', ') || '–',
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
