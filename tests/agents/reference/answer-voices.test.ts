import { describe, expect, it } from 'vitest';
import { openPart } from '../../../src/agents/under-test/reference/answer-fit.js';
import { affirms, symptomBeside } from '../../../src/agents/under-test/reference/beside-answer.js';

/** By question: replies that settle it, and replies that do not, in voices that no scenario has. */
const VOICES: Readonly<Record<string, { settles: string[]; leaves: string[] }>> = {
  'Is your catheter draining into the bag as it should?': {
    settles: [
      'Aye, running grand.',
      'Yes, madam, it drains very nicely into the bag.',
      "It's draining, doc.",
      'No.',
      'Is not draining since morning.',
      'Nah mate, nothing coming.',
    ],
    leaves: [
      "Bag? I've packed no bag.",
      'Please read it back to me.',
      'What bag would that be?',
      "My nephew Tobias fitted guttering for a living, never a day's bother.",
      'You have it all in my notes.',
      'Depends what you call draining.',
      "S'pose so.",
    ],
  },
  'Have you had any chest pain since the operation?': {
    settles: [
      'None whatsoever, thanks be.',
      'Never had.',
      'I have had no pain in the chest, sir.',
      'Yes, twice, in the night.',
      'Not so much as a twinge, hen.',
      'No have pain.',
      'Negative.',
      'I did, on Tuesday.',
    ],
    leaves: [
      'On and off.',
      "You'd have to ask my daughter.",
      'Chest pain? What does it mean?',
      'Never you mind about that.',
      "I'd sooner not say.",
      'Could be.',
      'Well now, my late mother was a martyr to her chest.',
      'Maybe.',
      'Mustn’t grumble.',
      "Couldn't tell you, petal.",
    ],
  },
  'How many times a day do your bowels open?': {
    settles: [
      'Thrice.',
      'Five time, six time.',
      'I go but once, after my porridge.',
      'None since Friday.',
    ],
    leaves: [
      'As and when.',
      'The usual.',
      'More than I care for, I can tell you.',
      "I don't keep a tally, young lady.",
      'Why do you ask?',
    ],
  },
  'Since the tablets, is your breathing better, worse or the same?': {
    settles: [
      'Much of it is easier.',
      'Worse, worse, worse.',
      'Same-same, sister.',
      "It's no different, like.",
    ],
    leaves: ['Yes.', 'Up and down.', 'Breathing, yes.', 'You tell me.'],
  },
  'Can you lie flat at night, or do you get breathless?': {
    settles: ['I lie flat like a plank.', 'Get breathless, so I sit.', 'Flat as you please.'],
    leaves: ['Yes.', 'No.', 'Sometimes, if the dog lets me.', 'I sleep in the back bedroom.'],
  },
  'When did the bleeding start?': {
    settles: [
      'Sunday gone.',
      'Three weeks back, or near it.',
      'It has not started.',
      'Yesterday in the afternoon.',
    ],
    leaves: ['Oh, a while.', "Search me, I'm no good with dates.", 'Bleeding what?'],
  },
  'Is there any swelling in your legs?': {
    settles: [
      "Nay, thin as a heron's.",
      'They are puffed up like bread, doctor.',
      'No swell.',
      'Left one is up a bit, aye.',
      'Ankles only.',
      "There isn't.",
      'Yes yes, both.',
      'Not that I have seen.',
      'Big, like elephant.',
    ],
    leaves: [
      'Legs? I have two of those, last I looked.',
      'Can you say once more?',
      'If you call it that.',
      'I would need to look.',
      'Middling.',
      'My sister had the dropsy in eighty-one.',
      "That's between me and my socks.",
      'Hard to tell.',
      'I walk to the temple each dawn.',
      'Same as usual I suppose.',
    ],
  },
  'Have you been sick since you got home?': {
    settles: [
      'Only the once, in the car.',
      'I vomit two time.',
      'Not a bit of it.',
      'Kept it all down.',
      'Been bringing everything up.',
      "I've not, no.",
    ],
    leaves: [
      'Sick of the telly, more like.',
      'Not so you would notice.',
      "You'd best speak to the wife.",
      'Ha! Wouldn’t you like to know.',
      'Eh?',
      'It is what it is.',
    ],
  },
  'How much are you managing to drink?': {
    settles: [
      'Two litre of water, tea also.',
      'Hardly a sip since noon.',
      'Plenty, plenty.',
      'A mug here and there, four maybe.',
    ],
    leaves: [
      'What are you offering?',
      'Ask me another.',
      "I manage, don't I.",
      'Depends on the weather.',
    ],
  },
  'What are you taking for the pain, and how often?': {
    settles: ['Co-codamol, every six hours.', 'Two paracetamol at bedtime.'],
    leaves: ['The white ones.', 'Whatever they gave me.', 'Nothing to speak of.'],
  },
  'Is the wound clean and dry, or is there redness or leaking?': {
    settles: [
      'Dry as toast.',
      'It weeps yellow.',
      'Is red, and hot.',
      'Clean, thank God.',
      'Neither, just a scab.',
    ],
    leaves: ['Yes.', 'No.', 'I suppose.', 'It is a wound, what do you want.', "Haven't looked."],
  },
  'Could you come at short notice if a slot came up?': {
    settles: [
      'Any day, any hour.',
      'No chance.',
      'Yes, my brother drives.',
      'I can, with pleasure.',
    ],
    leaves: ['If my boss lets me.', "I'd have to see.", 'If I must.', 'We shall see.', 'Perhaps.'],
  },
};

const judged = Object.entries(VOICES).flatMap(([question, { settles, leaves }]) => [
  ...settles.map((reply) => ({ question, reply, settled: true })),
  ...leaves.map((reply) => ({ question, reply, settled: false })),
]);
const strict = { matter: false, strict: true };
const settledBy = ({ question, reply }: { question: string; reply: string }) =>
  openPart(question, reply, strict) === undefined;

const share = (of: typeof judged, right: (each: (typeof judged)[number]) => boolean) =>
  of.filter(right).length / of.length;

describe('answers in voices that no scenario has', () => {
  // Over-asking is clumsy and safe, accepting is neither: the one may fail oftener than the other.
  it('are taken for what they are, mostly', () => {
    const [settle, leave] = [true, false].map((is) => judged.filter((each) => each.settled === is));
    expect(share(settle ?? [], settledBy)).toBeGreaterThan(0.85);
    expect(share(leave ?? [], settledBy)).toBeLessThan(0.1);
  });
  it.each([
    ['If I must.'],
    ["S'pose."],
    ["I'd have to ask him."],
    ['Yes, if he lets me.'],
    ['Please read it back.'],
    ['Could I come, you mean?'],
  ])('leave a plain yes or no to be asked for: %j', (reply) => {
    expect(openPart('Could you come at short notice?', reply, strict)).toBeDefined();
  });
});

describe('half of a question', () => {
  it.each([
    [
      'Tell me about the heartburn, and does food ever stick going down?',
      'It burns, of a night.',
      'Does food ever stick going down?',
    ],
    ['Have your jaw or your thighs given you gyp?', "Jaw's grand.", 'Any of that in your thighs?'],
    ['How sore is it, and has that changed?', 'Six or seven.', 'Has that changed?'],
  ])('leaves the other: %j, %j', (question, reply, left) => {
    expect(openPart(question, reply, { matter: true, strict: true })).toBe(left);
  });
  it('is implied by a figure after it', () => {
    const question = 'Do you still take painkillers, and how many?';
    expect(openPart(question, 'Two, at night.', { matter: true, strict: true })).toBeUndefined();
  });
});

describe('what a reply brings up beside its answer', () => {
  it.each([
    ['No, only the blood.', 'Only the blood'],
    ['Clean as you like, bit yellow round the edge.', 'Bit yellow round the edge'],
    ["I've no heartburn, pet. The mouth's the bother.", "The mouth's the bother"],
  ])('%j', (reply, beside) => {
    expect(symptomBeside(reply)?.toLowerCase()).toBe(beside.toLowerCase());
  });
  it.each([
    'No pain, shivers or sickness.',
    "It's lovely. I can read the hymn numbers.",
    'Fine. It was sore years ago.',
  ])('is nothing in %j', (reply) => {
    expect(symptomBeside(reply)).toBeUndefined();
  });
  it('tells an affirmed red flag from a hedged or a denied one', () => {
    const question = 'Any pain in your calf?';
    expect(affirms(question, 'Yes, since Tuesday.')).toBe(true);
    expect(affirms(question, 'No, not a twinge.')).toBe(false);
    expect(affirms(question, 'If you call it pain.')).toBe(false);
  });
});
