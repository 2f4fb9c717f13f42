import { html } from 'hono/html';
import { describePersona } from '../../agents/patbot/persona.js';
import { printable } from '../../printable.js';
import { outcomeOf } from '../../judge/dialogue-outcome.js';
import type { Judgement } from '../../judge/verdict.js';
import { dialogueId, type StoredDialogue } from '../../store/run-record.js';
import { settled, type Markup } from '../components/page-shell.js';
import { storeFlag } from '../../report/render-way-on.js';
import { transcriptOf } from '../components/transcript-model.js';
import { renderTranscript } from '../components/transcript-view.js';
import { renderJudgement } from '../components/verdict-view.js';
import type { ReportModel } from './report-model.js';

/** Sets the ids of an opened dialogue apart from those of the page. */
const PREFIX = 'd-';

/** A dialogue as markup that is safe to put on a page: transcript, then what the jury says of it. */
export function dialogueFragment(
  dialogue: StoredDialogue,
  { taxonomy, scenarios, summary }: Pick<ReportModel, 'taxonomy' | 'scenarios' | 'summary'>,
): string {
  const { run } = summary;
  const scenario = scenarios.get(dialogue.scenario);
  const turns = transcriptOf(dialogue, { taxonomy, scenario });
  return fragment(
    html`<p class="quiet" dir="auto">${factsOf(dialogue, scenario?.title)}</p>
      <p class="quiet">
        All reasons, those for what was passed too:
        <code
          >npx matrix-sim show ${run.id}/${dialogueId(dialogue)}${storeFlag(run.plan.store)}</code
        >
      </p>
      <div class="halves">
        <div>${renderTranscript(turns, PREFIX)}</div>
        <div>
          ${renderJudgement(dialogue.judgement && inBrief(dialogue.judgement), taxonomy, PREFIX)}
        </div>
      </div>`,
  );
}

/** Without what jurors say where a mode was passed or does not apply: with models that is most of all text. */
function inBrief({ verdicts, ...besides }: Judgement): Judgement {
  const brief = verdicts.map((verdict) =>
    verdict.outcome === 'pass' || verdict.outcome === 'not-applicable'
      ? { ...verdict, jurors: [] }
      : verdict,
  );
  return { ...besides, verdicts: brief };
}

function factsOf({ attempt, attempts }: StoredDialogue, title: string | undefined): string {
  if (!attempt) return 'Begun, not finished.';
  const { persona, wording, ending, standing, error } = attempt;
  return [
    title,
    persona && describePersona(persona),
    wording && `cue ${wording}`,
    `ended: ${ending}`,
    `standing: ${standing}`,
    attempts > 1 && `attempt ${attempts}`,
    error !== null && `error: ${error}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** What stands beside a dialogue in a list: outcome over all modes, and what failed. */
export function lineOf({ attempt, verdicts = [] }: StoredDialogue): string {
  if (!attempt) return 'begun, not finished';
  if (attempt.standing !== 'valid' && verdicts.length === 0) return attempt.standing;
  if (verdicts.length === 0) return 'not judged';
  const failed = verdicts.filter(({ outcome, primary }) => outcome === 'fail' && primary);
  const modes = failed.map(({ failureMode }) => failureMode).join(' ');
  return [WORDS[outcomeOf(verdicts)], modes].filter(Boolean).join(' ');
}

const WORDS = {
  fail: 'failed',
  'needs-review': 'needs review',
  undetermined: 'undecided',
  pass: 'cleared',
} as const;

/** With one space for each line end and indentation between tags that the layout of the source leaves. */
function fragment(markup: Markup): string {
  return printable(settled(markup)).replace(/>\n {2,}</g, '> <');
}
