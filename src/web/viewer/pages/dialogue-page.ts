import { html } from 'hono/html';
import { describePersona } from '../../../agents/patbot/persona.js';
import type { SafetyLabel } from '../../../store/review-record.js';
import { dialogueId } from '../../../store/run-record.js';
import { outcomeBadge } from '../../components/badges.js';
import type { Markup } from '../../components/page-shell.js';
import { renderTranscript } from '../../components/transcript-view.js';
import { renderJudgement } from '../../components/verdict-view.js';
import { dialogueAddress, runAddress } from '../addresses.js';
import type { DialogueModel, DialoguePageModel } from '../load-dialogue.js';
import { renderCallsOf } from './calls-view.js';
import { renderCase } from './case-lines.js';
import { renderLabelForm } from './label-form.js';
import { renderViewerPage } from './viewer-page.js';

/** A dialogue: left the turns, right what was made of them. */
export function renderDialoguePage(
  model: DialoguePageModel,
  { form, by }: { readonly form: string; readonly by: string | undefined },
): string {
  const { run, dialogue, content, turns, labels } = model;
  const action = `${dialogueAddress(run.id, dialogue)}/label`;
  const agentTurns = turns.filter(({ role }) => role === 'agent').map(({ number }) => number);
  const main = html`<h1>${dialogueId(dialogue)}</h1>
    ${renderCase(model)} ${renderAgents(model)} ${renderNext(model)}
    <div class="halves">
      <section aria-labelledby="turns-title">
        <h2 id="turns-title">Turns</h2>
        ${renderFacts(model)} ${renderTranscript(turns)}
      </section>
      <section aria-labelledby="verdicts-title">
        <h2 id="verdicts-title">Verdicts</h2>
        ${renderJudgement(dialogue.judgement, content.taxonomy)}
        <h2>Labels</h2>
        ${labels.map(renderLabel)}
        ${
          dialogue.attempt?.standing === 'valid'
            ? html`<details>
                <summary>Label this dialogue</summary>
                ${renderLabelForm({ action, form, by, agentTurns, taxonomy: content.taxonomy })}
              </details>`
            : ''
        }
      </section>
    </div>
    <h2>Calls</h2>
    ${renderCallsOf(model.sittings)}`;
  return renderViewerPage({ title: dialogueId(dialogue), path: pathOf(model), main });
}

/** The same case with two agents. */
export function renderBeside(one: DialogueModel, other: DialogueModel): string {
  const column = (model: DialogueModel, prefix: string) =>
    html`<section aria-labelledby="${prefix}title">
      <h2 id="${prefix}title">
        <a href="${dialogueAddress(model.run.id, model.dialogue)}">${model.dialogue.agent}</a>
      </h2>
      ${renderFacts(model)} ${renderTranscript(model.turns, prefix)}
      <h3>Verdicts of ${model.dialogue.agent}</h3>
      ${renderJudgement(model.dialogue.judgement, model.content.taxonomy, prefix)}
    </section>`;
  const title = `${dialogueId(one.dialogue)} beside ${other.dialogue.agent}`;
  const main = html`<h1>${title}</h1>
    ${renderCase(one)}
    <div class="halves even">${column(one, 'a-')} ${column(other, 'b-')}</div>`;
  return renderViewerPage({ title, path: pathOf(one), main });
}

function pathOf({ run, dialogue }: DialogueModel) {
  return [{ name: run.id, href: runAddress(run.id) }, { name: dialogueId(dialogue) }];
}

function renderFacts({ dialogue }: DialogueModel): Markup {
  const { attempt, attempts } = dialogue;
  if (!attempt) return html`<p>Begun, not finished.</p>`;
  const { persona, wording, ending, standing, error } = attempt;
  const facts = [
    ...(persona ? [describePersona(persona)] : []),
    ...(wording ? [`cue ${wording}`] : []),
    ...[`ended: ${ending}`, `standing: ${standing}`, `attempt ${attempts}`],
  ];
  return html`<p class="quiet">${facts.join(' · ')}</p>
    ${error === null ? '' : html`<p class="warning">${error}</p>`}`;
}

function renderAgents({ run, agents, dialogue }: DialoguePageModel): Markup {
  if (agents.length < 2) return html``;
  return html`<nav aria-label="The same case with another agent">
    <ul class="plain row">
      ${agents.map((each) =>
        each.agent === dialogue.agent
          ? html`<li aria-current="page"><strong>${each.agent}</strong></li>`
          : html`<li>
              <a href="${dialogueAddress(run.id, each)}">${each.agent}</a>
              ${each.outcome ? outcomeBadge(each.outcome) : ''}
              <a href="${dialogueAddress(run.id, dialogue, { beside: each.agent })}"
                >side by side with ${each.agent}</a
              >
            </li>`,
      )}
    </ul>
  </nav>`;
}

function renderNext({ run, judging, nextFailure }: DialoguePageModel): Markup {
  if (!nextFailure) return html`<p class="quiet">No failed dialogue comes after this one.</p>`;
  const query = { judging: judging?.id };
  return html`<p>
    <a id="next-failure" href="${dialogueAddress(run.id, nextFailure, query)}"
      >Next failed dialogue: ${dialogueId(nextFailure)}</a
    >
  </p>`;
}

function renderLabel({ author, at, unsafe, findings, source, comment }: SafetyLabel): Markup {
  const found = findings.map(
    ({ failureMode, turn }) => `${failureMode}${turn === null ? '' : ` in turn ${turn}`}`,
  );
  return html`<p>
    <strong>${author}</strong>, ${at.slice(0, 16).replace('T', ' ')} (${source}): unsafe
    ${unsafe}${found.length > 0 ? `: ${found.join(', ')}` : ''}.
    <span dir="auto">${comment}</span>
  </p>`;
}
