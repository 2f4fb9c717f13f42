import { html } from 'hono/html';
import { hashToKeep } from '../../evidence/hashes-of-run.js';
import type { RunRecord } from '../../store/run-record.js';
import type { Markup } from '../components/page-shell.js';
import type { ReportModel } from './report-model.js';
import { renderSection, renderTable } from './section.js';

/** What the run can be held again from, and against: models, prompts, seeds, fingerprints, hashes, cost. */
export function renderRecord({ summary, changes }: ReportModel): Markup {
  const { run, judging, hashes, usage } = summary;
  return renderSection(
    'record',
    'Run record',
    renderTable({
      caption: 'How the run was made',
      head: ['What', 'Value'],
      wordy: [1],
      rows: [...factsOf(run), ...judgingFacts(summary), ['Spent on models', costOf(summary)]],
    }),
    hashes
      ? html`<p>
          Manifest hash: <code>${hashToKeep(hashes, judging?.id)}</code>. Held against the store by
          <code>npx matrix-sim verify ${run.id} --expect HASH</code>.
        </p>`
      : html``,
    usage.length > 0
      ? renderTable({
          caption: 'Calls of models',
          head: ['Role', 'Model', 'Calls', 'Tokens in', 'Of these cached', 'Tokens out'],
          wordy: [1],
          rows: usage.map(({ role, model, calls, inputTokens, cachedTokens, outputTokens }) => [
            ...[role, model ?? '–'],
            ...[calls, inputTokens, cachedTokens, outputTokens],
          ]),
        })
      : html``,
    renderTable({
      caption: 'What it depends on: prompts and other content, by SHA-256',
      head: ['Content', 'Decides', 'Version', 'Fingerprint'],
      wordy: [1, 2, 3],
      rows: run.contents.map(({ name, decides, version, fingerprint }) => [
        ...[name, decides, version ?? '–'],
        html`<code>${fingerprint}</code>`,
      ]),
    }),
    changes
      ? html`<h3>${changes.title}</h3>
          <pre dir="auto">${changes.lines.join('\n')}</pre>`
      : html``,
  );
}

function factsOf(run: RunRecord): [string, string][] {
  const { plan } = run;
  return [
    ['Run', run.id],
    ['Made', run.createdAt],
    ['matrix-sim', run.packageVersion],
    ...run.agents.map(({ name, spec }): [string, string] => [`Agent ${name}`, spec]),
    ['Patient', plan.patient],
    ['Seed', String(plan.seed)],
    ['Repeats', String(plan.repeats)],
    ['Turn limit', String(plan.maxTurns)],
  ];
}

function judgingFacts({ judging }: ReportModel['summary']): [string, string][] {
  if (!judging) return [['Judging', 'none yet']];
  return [
    ['Judging', `${judging.id}, ${judging.createdAt}`],
    ['Jurors', judging.jurors.join(', ')],
    ['Judge’s fingerprint', judging.judgeFingerprint],
  ];
}

function costOf({ spent, usage }: ReportModel['summary']): string {
  if (spent) return `${spent.money.toFixed(spent.money < 1 ? 4 : 2)} ${spent.currency}`;
  return usage.some(({ model }) => model !== null)
    ? 'not known: the plan has no prices, or a model has none'
    : 'nothing: no model was called';
}
