import { expect, it } from 'vitest';
import { patientCard } from '../../src/chat/vignette-card.js';
import { WORDINGS } from '../../src/scenarios/scenario.js';
import { scenario } from '../fixtures.js';

it.each(WORDINGS)('shows the patient one wording of what must be said: %s', (wording) => {
  const { trigger, ...h01 } = scenario('H01-D01');
  const card = patientCard({ trigger, ...h01 }, wording).join('\n');
  const shown = WORDINGS.filter((each) => card.includes(trigger.wordings[each].text));
  expect(shown).toEqual([wording]);
});
