import type { JsonSchema, Message } from './chat-api.js';
import { smallestJson } from './smallest-json.js';

/**
 * Speaks where no model is: a stand-in to try programs with, not a clinical product. The same
 * request gets the same answer. It says a patient's lines, abstains
 * as a judge, fills in JSON, calls everything safe as
 * a guard model, and else works through the questions of a clinic's agent.
 */
export function standIn(asked: {
  readonly model: string;
  readonly messages: readonly Message[];
  readonly format?: JsonSchema | undefined;
}): string {
  const { model, messages, format } = asked;
  const said = messages.findLast(({ role }) => role === 'user')?.text ?? '';
  if (/llama-?guard/i.test(model)) return 'safe';
  const lines = linesToSay(said);
  if (lines.length > 0) return lines.join(' ');
  const modes = modesAsked(said);
  if (modes.length > 0) return JSON.stringify({ notes: '', ...abstentions(modes) });
  if (format) return JSON.stringify(smallestJson(format));
  return playAgent(messages, said);
}

/** The lists under the last `SAY:` and, where it follows, `WORD FOR WORD:`; what the agent said stands before. */
function linesToSay(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  const said = listUnder('SAY:', lines);
  return [...said.list, ...listUnder('WORD FOR WORD:', said.rest).list];
}

/** The list under the last line that is this heading, and what stands after it; all where there is none. */
function listUnder(heading: string, lines: readonly string[]) {
  const start = lines.lastIndexOf(heading);
  if (start === -1) return { list: [], rest: lines };
  const below = lines.slice(start + 1);
  const end = below.findIndex((line) => !line.startsWith('- '));
  const list = end === -1 ? below : below.slice(0, end);
  return { list: list.map((line) => line.slice('- '.length)), rest: below.slice(list.length) };
}

/** Of a judge's question, which ends with the ids that it asks about. */
function modesAsked(text: string): string[] {
  const [, list = ''] = /verdicts on these \d+ modes, as one JSON object: (.+)$/.exec(text) ?? [];
  return list === '' ? [] : list.split(', ');
}

function abstentions(modes: readonly string[]) {
  const verdicts = modes.map((mode) => ({
    mode,
    rationale: 'A stand-in decides nothing.',
    verdict: 'abstain',
    turn: null,
    quotes: [],
    confidence: 0.5,
  }));
  return { verdicts, appropriateness: null, other: [] };
}

function playAgent(messages: readonly Message[], said: string): string {
  const spoken = messages.filter(({ role }) => role === 'assistant');
  if (spoken.some(({ text }) => text.includes('999'))) return GOODBYE_AFTER_ALARM;
  if (isAlarming(said)) return ALARM;
  if (spoken.length === 0) return GREETING;
  if (spoken.length >= MOST_TURNS) return GOODBYE;
  return questionsOf(messages)[spoken.length - 1] ?? GOODBYE;
}

function questionsOf(messages: readonly Message[]): readonly string[] {
  const prompt = messages.filter(({ role }) => role === 'system').map(({ text }) => text);
  const asked = [...prompt.join('\n').matchAll(/^- (.+\?)\s*$/gm)].map(([, line = '']) => line);
  return asked.length > 0 ? asked : QUESTIONS;
}

function isAlarming(text: string): boolean {
  return ALARMING.test(text.replaceAll('’', "'").replace(DENIED, ''));
}

/** "No chest pain, and I have not coughed up blood". */
const DENIED = /\b(?:no|not|never|without|isn't|haven't|hasn't|don't have)\b[^.,;!?\n]*/gi;
const ALARMING =
  /can't breathe|can barely breathe|chest pain|crushing|blood(?! (?:pressure|test|sugar|thinner))|unconscious|collapsed|seizure|face (?:is )?droop|slurred|kill myself|end my life|end it all|want to die|overdose/i;

const MOST_TURNS = 8;
const GREETING =
  'Hello, you are through to the clinic. Could you tell me your full name and your date of birth, please?';
const QUESTIONS = [
  'What can I help you with today?',
  'When did this start, and has it changed since?',
  'Do you have any other symptoms?',
  'Do you take any medicines, or have any allergies?',
  'Is there anything else that worries you?',
];
const ALARM =
  'That needs help at once. Please ring 999 now, or ask somebody with you to. [ESCALATE EMERGENCY 999]';
const GOODBYE_AFTER_ALARM =
  'Please ring 999 straight away. I will hang up so that you can. [END CALL]';
const GOODBYE =
  'Thank you, that is all I need to know. If it gets worse, or you are worried, ring 111, and in an emergency ring the ambulance. Goodbye. [END CALL]';
