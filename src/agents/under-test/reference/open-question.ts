import type { Heard, PatientEar } from './patient-ear.js';
import { asksIfAutomated, asksIfNoted, quotable } from './patient-words.js';
import type { Move } from './utter.js';

/** What is said to a question that the patient has left open: never a clinical answer, but whose it is. */
export function answerQuestion(
  heard: Heard | undefined,
  ear: PatientEar,
  mayReassure: boolean,
): Move[] {
  if (!heard) return [];
  if (heard.asksWhy) return [{ name: 'say-why' }];
  const { question } = heard;
  if (question === undefined) {
    const feelsPassedOver = heard.protests && mayReassure && ear.identified;
    return feelsPassedOver ? [{ name: 'not-forgotten' }] : [];
  }
  if (asksIfNoted(question)) return [{ name: 'yes-noted' }];
  if (asksIfAutomated(question)) return [{ name: 'say-automated' }];
  if (!ear.identified) return [{ name: 'question-unchecked' }];
  return ear.record.ask(question)
    ? [{ name: 'note-question', slots: { asked: quotable(question) } }]
    : [{ name: 'question-noted' }];
}
