// What sampling until an interval is narrow, or a likelihood class settled, saves of a plan: the share
// of a hazard's dialogues that is held, by size and failure rate, where a judge decides every one.
// The mean of 1,000 orders. Needs a build.

import { randomFrom } from '../dist/determinism.js';
import { sampleStratum } from '../dist/runs/sampling/sample-stratum.js';
import { shuffled } from '../dist/statistics/shuffled.js';
import { DEFAULT_BANDS } from '../dist/taxonomy/likelihood-bands.js';

const SEEDS = 1000;
const SIZES = [50, 100, 500];
const RATES = [0, 0.02, 0.1, 0.3, 0.6, 0.9];
const RULES = {
  'width 0.3': { untilWidth: 0.3 },
  'width 0.2': { untilWidth: 0.2 },
  'width 0.1': { untilWidth: 0.1 },
  rating: { untilRating: true },
};

function shareHeld(size, rate, rule) {
  const dialogues = Array.from({ length: size }, (_, number) => ({
    ...{ scenario: 's', agent: 'a', repeat: number + 1 },
    fails: number < Math.round(rate * size),
  }));
  let held = 0;
  for (let seed = 0; seed < SEEDS; seed += 1) {
    const order = shuffled(dialogues, randomFrom(seed, 'bench'));
    const outcomeOf = ({ fails }) => (fails ? 'fail' : 'pass');
    held += sampleStratum({ order }, outcomeOf, { ...rule, bands: DEFAULT_BANDS }).drawn.length;
  }
  return held / SEEDS / size;
}

const percent = (share) => `${Math.round(share * 100)} %`;
console.log(['rule', 'dialogues', ...RATES.map((rate) => `fails ${percent(rate)}`)].join('\t'));
for (const [name, rule] of Object.entries(RULES)) {
  for (const size of SIZES) {
    const shares = RATES.map((rate) => percent(shareHeld(size, rate, rule)));
    console.log([name, size, ...shares].join('\t'));
  }
}
