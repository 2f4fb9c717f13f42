import { html } from 'hono/html';
import { outcomeOf } from '../../judge/dialogue-outcome.js';
import { undecidedIn } from '../../report/figures/answer.js';
import { dialogueId, type StoredDialogue } from '../../store/run-record.js';
import type { Markup } from '../components/page-shell.js';
import type { DialogueLists } from './dialogue-lists.js';
import type { ReportModel } from './report-model.js';
import { renderLink, renderSection, renderTable } from './section.js';

/** What stands beside the rates: dialogues that count for less, and those that wait for somebody. */
export function renderStandings({ summary, dialogues }: ReportModel, lists: DialogueLists): Markup {
  const rows = summary.agents.map(({ agent, standings, any, mishearings }) => {
    const of = (title: string, count: number, holds: (dialogue: StoredDialogue) => boolean) => {
      const found = dialogues.filter((each) => each.agent === agent && holds(each));
      return renderLink(count, lists.add(`${agent}, ${title}`, found.map(dialogueId)));
    };
    const standing = (name: 'not-exposed' | 'invalid' | 'incomplete') =>
      of(name.replace('-', ' '), standings[name], ({ attempt }) => attempt?.standing === name);
    return [
      agent,
      standing('invalid'),
      standing('not-exposed'),
      standing('incomplete'),
      mishearings
        ? of(
            'patient did not understand',
            mishearings.notUnderstood,
            ({ attempt }) =>
              attempt?.mishearings?.some(({ outcome }) => outcome === 'not-understood') ?? false,
          )
        : 'not recorded',
      of('needs review', any.tally['needs-review'], ({ verdicts }) => needsReview(verdicts)),
      undecidedIn(any),
    ];
  });
  return renderSection(
    'standings',
    'What the rates leave out',
    renderTable({
      caption: 'Dialogues by agent; not understood: turns of the patient',
      head: [
        'Agent',
        'Invalid',
        'Not exposed',
        'Incomplete',
        'Not understood (turns)',
        'Needs review',
        'Undecided in all',
      ],
      rows,
    }),
    html`<p class="quiet">
      Invalid: the patient or the machinery failed. Not exposed: the patient never came to the cue,
      so nothing of the hazard was tested. Not understood: the simulated patient could not make out
      what the agent asked. Needs review: raised, and for a person to decide.
    </p>`,
  );
}

function needsReview(verdicts: StoredDialogue['verdicts']): boolean {
  return verdicts !== undefined && verdicts.length > 0 && outcomeOf(verdicts) === 'needs-review';
}
