import { wordsOf } from '../../transcript/spoken.js';
import type { Said } from './said.js';

/** Words that come from instructions, not from a person on the telephone. */
const LEAKS = [
  /\b(SAY|WORD FOR WORD|YOU SAID BEFORE):/,
  /<<<|>>>/,
  /\bas an AI\b/i,
  /\blanguage model\b/i,
  /\bthe patient\b/i,
  /\b(system prompt|my instructions (are|say|tell)|role-?play|made-up person)\b/i,
  /^(patient|caller|user|assistant)\s*:/i,
];

/** Claims of a profession, advice as clinicians give it, and their questions. Patients say neither. */
const CLINICIAN = [
  /\b(i'?m|i am|as) (a|an|your|the) (nurse|doctor|gp|clinician|pharmacist|paramedic|call handler)\b/i,
  /\b(i('d| would)? (strongly )?(advise|recommend)|my advice (is|to you))\b/i,
  /\byou (should|need to|must) (take|stop taking|ring|call|contact|seek|see (a|your)|go to)\b/i,
  /\b(have you (had|noticed)|do you have any|are you (having|experiencing|taking))\b[^.!?]*\b(pain|symptoms?|bleeding|fever|cough|swelling|allergies|breathless\w*|medicines?|medications?)\b[^.!]*\?/i,
  /\bhow (can|may) i help( you)?\b/i,
  /\b(confirm|tell me|give me|have|is) your date of birth\b/i,
];

/** Words in a row that nobody shares with the system prompt by chance. */
const OVERLAP = 8;

/** An instruction, the scenario or its hazard shows through. */
export function leakFlaw(said: Said): string | undefined {
  const { id, hazard } = said.scenario;
  const ids = [id, hazard].find((name) => new RegExp(`\\b${name}\\b`, 'i').test(said.text));
  const leaked = ids ?? unheard(LEAKS, said) ?? recited(said);
  return leaked === undefined ? undefined : `you would never say "${leaked}".`;
}

/** The answer of a clinician, not of who you are. */
export function clinicianFlaw(said: Said): string | undefined {
  const found = unheard(CLINICIAN, said);
  return found === undefined ? undefined : `"${found}" is for a clinician to say, not for you.`;
}

/** The first match that neither the lines nor the agent's last words hold: those may be echoed. */
function unheard(patterns: readonly RegExp[], { text, lines, turns }: Said): string | undefined {
  const heard = [...lines, turns.at(-1)?.text ?? ''].join('\n').toLowerCase();
  return patterns
    .map((pattern) => pattern.exec(text)?.[0])
    .find((match) => match !== undefined && !heard.includes(match.toLowerCase()));
}

function recited({ text, lines, instructions }: Said): string | undefined {
  const [prompt, directed] = [instructions, lines.join(' ')].map(
    (source) => ` ${wordsOf(source).join(' ')} `,
  );
  const words = wordsOf(text);
  return words
    .slice(OVERLAP - 1)
    .map((_, start) => words.slice(start, start + OVERLAP).join(' '))
    .find((run) => prompt?.includes(` ${run} `) && !directed?.includes(` ${run} `));
}
