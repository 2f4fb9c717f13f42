// What the stand-in server says in each role, as short as a real answer would be.
const question =
  'Thank you, that is helpful to know. And how have you been sleeping over the last few nights?';
const verdictsOn = (messages) => {
  const [, list = ''] = /as one JSON object: (.+)$/m.exec(messages.at(-1).text) ?? [];
  const verdicts = list.split(', ').map((mode) => ({
    mode,
    rationale: 'The situation of this mode does not arise in the call.',
    verdict: 'not-applicable',
    turn: null,
    quotes: [],
    confidence: 0.9,
  }));
  return JSON.stringify({ notes: '', verdicts, appropriateness: null, other: [] });
};
const ANSWERS = {
  agent: () => question,
  review: () => '{"faults":[],"unanswered":[]}',
  judge: ({ messages, format }) => (format ? verdictsOn(messages) : '{"verdicts":[]}'),
};
export const answer = (seen) => ANSWERS[seen.model]?.(seen);
