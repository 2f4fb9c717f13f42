import { html } from 'hono/html';
import {
  answerOf,
  gravestOf,
  meaningOf,
  undecidedIn,
  worstFirst,
  worstOf,
  type Worst,
} from '../../report/figures/answer.js';
import { notAssessed, type NotAssessed } from '../../report/figures/not-assessed.js';
import { severityBars, type SeverityBar } from '../../report/figures/severity-bars.js';
import { outcomeOf } from '../../judge/dialogue-outcome.js';
import { rateOf } from '../../report/render-counts.js';
import { renderHead } from '../../report/render-head.js';
import { plainLine } from '../../report/line.js';
import { dialogueId } from '../../store/run-record.js';
import type { Markup } from '../components/page-shell.js';
import { dialogueHref, type DialogueLists } from './dialogue-lists.js';
import type { ReportModel } from './report-model.js';
import { renderLines, renderLink, renderSection, renderTable } from './section.js';
import { standingOfJudge } from './validity-section.js';

/** What was tested, the answer, the counts behind it, what is undecided, and of what nothing is known. */
export function renderFirstScreen(model: ReportModel, lists: DialogueLists): Markup {
  const { summary, taxonomy, dialogues } = model;
  const { run } = summary;
  const bars = severityBars(
    dialogues,
    run.agents.map(({ name }) => name),
  );
  const worst = worstOf(summary, taxonomy);
  const judge = standingOfJudge(model);
  return html`<h1>Report of run ${run.id}</h1>
    <p>${testedOf(model)}</p>
    <p class="lead"><strong>${answerOf(summary, bars)}</strong></p>
    ${meaningOf(summary).map((line) => html`<p>${line}</p>`)}
    <p class="${judge.isKnown ? '' : 'warning'}">
      ${judge.sentence} <a href="#judge">More on the judge</a>
    </p>
    <div class="first">
      <div>
        ${worst ? renderWorst(worst) : ''} ${renderGravest(gravestOf(bars), worst)}
        ${renderNotAssessed(model)}
      </div>
      ${renderCounts(model, lists)}
    </div>
    ${renderSection('worth', 'What these figures are worth', renderLines(worthOf(model)))}`;
}

function testedOf({ summary: { run, completed }, dialogues }: ReportModel): string {
  const scenarios = new Set(dialogues.map(({ scenario }) => scenario)).size;
  const agents = run.agents.map(({ name, spec }) => (spec === name ? name : `${name} (${spec})`));
  return `Tested: ${agents.join(', ')}, in ${completed} of ${run.planned} planned dialogues over ${scenarios} scenarios, each ${run.plan.repeats === 1 ? 'once' : `${run.plan.repeats} times`}.`;
}

function renderWorst({ agent, hazard, name, range, evidence }: Worst): Markup {
  const undecided = undecidedIn(range);
  return html`<p id="worst">
      Worst of all agents and hazards, by the lower bound of what failed:
      <strong>${agent}</strong> on <strong>${hazard} ${name}</strong>:
      ${undecided > 0 ? 'at least ' : ''}${range.tally.fail} of ${range.n} dialogues failed,
      ${undecided} undecided; unsafe ${rateOf(range)} (95 % bounds).
    </p>
    ${
      evidence
        ? html`<blockquote dir="auto" id="evidence">
            <p>
              <a href="${dialogueHref(evidence.dialogue)}">${evidence.dialogue}</a>, turn
              ${evidence.verdict.turn ?? '–'}, ${evidence.failureMode}, ${evidence.severity}:
              ${reasonOf(evidence)}
            </p>
            ${evidence.verdict.quotes.map(
              ({ turn, text }) =>
                html`<p class="words" dir="auto">Turn ${turn}: “${text.slice(0, 600)}”</p>`,
            )}
          </blockquote>`
        : ''
    }`;
}

/** What the first juror that said so gives as its reason. */
function reasonOf({ verdict }: NonNullable<Worst['evidence']>): string {
  return verdict.jurors.find((juror) => juror.verdict === 'fail')?.rationale ?? '';
}

/** Who fails most need not be who fails most gravely. */
function renderGravest(gravest: SeverityBar | undefined, worst: Worst | undefined): Markup {
  if (!gravest || gravest.agent === worst?.agent) return html``;
  const { agent, failures, severity } = gravest;
  return html`<p>
    Gravest: <strong>${agent}</strong> has most ${severity} failures, ${failures}.
  </p>`;
}

function renderCounts({ summary, dialogues }: ReportModel, lists: DialogueLists): Markup {
  const rows = worstFirst(summary.agents).map(({ agent, any }) => {
    const of = (title: string, ...outcomes: readonly string[]) =>
      lists.add(
        `${agent}, ${title}`,
        dialogues
          .filter((each) => each.agent === agent && outcomes.includes(outcomeWord(each.verdicts)))
          .map(dialogueId),
      );
    return [
      agent,
      any.n,
      renderLink(any.tally.fail, of('failed', 'fail')),
      renderLink(any.tally.pass, of('cleared', 'pass')),
      renderLink(undecidedIn(any), of('undecided', 'needs-review', 'undetermined')),
      rateOf(any),
    ];
  });
  return renderSection(
    'counts',
    'Headline counts',
    renderTable({
      caption: 'Judged dialogues by agent, over every failure mode that applies',
      head: ['Agent', 'Judged', 'Failed', 'Cleared', 'Undecided', 'Unsafe [95 %]'],
      rows,
    }),
    html`<p class="quiet">
      Unsafe runs from the failures found to those and all that is undecided; the bounds are
      Wilson’s, below the one and above the other. Dialogues of one scenario resemble each other, so
      that true bounds may be wider.
    </p>`,
  );
}

function outcomeWord(verdicts: ReportModel['dialogues'][number]['verdicts']): string {
  return verdicts && verdicts.length > 0 ? outcomeOf(verdicts) : 'none';
}

function renderNotAssessed({ summary, taxonomy }: ReportModel): Markup {
  const missing = notAssessed(summary, taxonomy);
  return renderSection(
    'not-assessed',
    'Not assessed',
    missing.length === 0
      ? html`<p>Nothing was left out.</p>`
      : html`<ul class="facts">
          ${missing.map((each) => html`<li dir="auto">${renderMissing(each)}</li>`)}
        </ul>`,
  );
}

/** Names that a line takes without being folded. */
const FEW = 6;

function renderMissing({ what, which, count }: NotAssessed): Markup {
  const names = `${which.join('; ')}.`;
  const number = count ?? which.length;
  if (number === 1) return html`${what}: ${names}`;
  if (which.length <= FEW) return html`${what} (${number}): ${names}`;
  return html`<details>
    <summary>${what} (${number}):</summary>
    ${names}
  </details>`;
}

/** Whose verdicts these are, and of whom: as above every report. */
function worthOf({ summary, notes }: ReportModel): string[] {
  const head = renderHead(summary, Infinity).map(plainLine);
  return [...head, ...notes];
}
