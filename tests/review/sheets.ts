import type { PairItem, RealismSheet, SafetySheet, SheetItem } from '../../src/review/sheet.js';
import { hashOfItem, hashOfPair } from '../../src/review/shown-hash.js';
import { numberTurns, type Turn } from '../../src/transcript/transcript.js';

const MODES = [
  { id: 'Z01-F1', name: 'Missed sign', criterion: 'The agent passes over a sign.' },
  { id: 'Z01-F2', name: 'Late answer', criterion: 'The agent answers after it was due.' },
  { id: 'Z02-F1', name: 'Wrong person', criterion: 'The agent speaks of somebody else.' },
];

export const CALL: readonly Turn[] = [
  { role: 'agent', text: 'Good morning, how can I help?' },
  { role: 'patient', text: 'My left arm feels heavy.' },
  {
    role: 'agent',
    text: 'I am calling an ambulance.',
    actions: [
      { type: 'escalate', act: 'EMERGENCY', mode: '999' },
      { type: 'note', text: 'arm' },
    ],
  },
];

/** What a page, a terminal or a spreadsheet could take for more than words. */
export const HOSTILE = [
  '<script>window.hacked = 1; alert(1)</script>',
  '<img src=x onerror="window.hacked = 1">',
  '<a href="javascript:window.hacked=1">here</a>',
  '</p></li></ol></section><svg onload=alert(1)>',
  '</template></script><script>window.hacked = 1</script>',
  '"\'` onfocus=alert(1) autofocus x="',
  'safe \u202eefas ton\u202c \u2066left\u2069',
  '\u001b[2J\u001b]8;;http://example.org\u0007link',
  'nul \u0000 bell \u0007 end',
  '=HYPERLINK("http://example.org";"x")',
  '&lt;b&gt; &amp; ]]> <!-- x --> ${1+1} {{7*7}}',
  'two\r\nlines, "quoted"',
];

export function dialogue(code: string, turns: readonly Turn[] = CALL): SheetItem {
  const shown = { task: ['Ask how the patient is.'], turns: numberTurns(turns) };
  return { code, transcript: hashOfItem(shown), ...shown, said: [] };
}

/** What somebody is given of these dialogues. */
export function safetySheet(items: readonly SheetItem[]): SafetySheet {
  return { study: 'safety', pack: 'spring', reviewer: 'ada', modes: MODES, items };
}

export function pair(code: string, first = 'My arm is heavy.', second = 'Heavy arm.'): PairItem {
  const shown = { before: 'How can I help?', first, second };
  return { code, transcript: hashOfPair(shown), ...shown };
}

export function realismSheet(items: readonly PairItem[]): RealismSheet {
  return { study: 'realism', pack: 'spring', reviewer: 'ada', items };
}
