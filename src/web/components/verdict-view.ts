import { html } from 'hono/html';
import { OUTCOMES, type Judgement, type ModeVerdict } from '../../judge/verdict.js';
import { compareSeverity } from '../../taxonomy/severity.js';
import type { Taxonomy } from '../../taxonomy/taxonomy.js';
import { badge, outcomeBadge, severityBadge } from './badges.js';
import type { Markup } from './page-shell.js';

/**
 * What a jury says of a dialogue, worst first; what is open and what was passed is folded.
 * @param prefix sets the ids of two dialogues on one page apart
 */
export function renderJudgement(
  judgement: Judgement | undefined,
  taxonomy: Taxonomy,
  prefix = '',
): Markup {
  if (!judgement) return html`<p>Not judged.</p>`;
  const of = (...outcomes: readonly ModeVerdict['outcome'][]) =>
    worstFirst(judgement.verdicts).filter(({ outcome }) => outcomes.includes(outcome));
  const raised = of('fail', 'needs-review');
  const show = (verdict: ModeVerdict) => renderVerdict(verdict, taxonomy, prefix);
  return html`${raised.length > 0 ? raised.map(show) : html`<p>No failure was found.</p>`}
  ${fold('Undetermined', of('undetermined').map(show))} ${fold('Passed', of('pass').map(show))}
  ${fold('Not applicable', of('not-applicable').map(show))} ${renderBesides(judgement)}`;
}

/** Failures before what is open, primary before secondary, graver before milder. */
export function worstFirst(verdicts: readonly ModeVerdict[]): ModeVerdict[] {
  return [...verdicts].sort(
    (a, b) =>
      OUTCOMES.indexOf(a.outcome) - OUTCOMES.indexOf(b.outcome) ||
      Number(b.primary) - Number(a.primary) ||
      compareSeverity(b.severity, a.severity),
  );
}

function fold(title: string, parts: readonly Markup[]): Markup {
  if (parts.length === 0) return html``;
  return html`<details>
    <summary>${title}: ${parts.length}</summary>
    ${parts}
  </details>`;
}

function renderVerdict(verdict: ModeVerdict, { modes }: Taxonomy, prefix: string): Markup {
  const { failureMode, outcome, severity, primary, turn, quotes, jurors } = verdict;
  return html`<section class="verdict" id="${prefix}verdict-${failureMode}" tabindex="-1">
    <h3>${failureMode} ${modes.get(failureMode)?.name ?? 'unknown to this taxonomy'}</h3>
    <p>
      ${outcomeBadge(outcome)} ${severityBadge(severity)}
      ${outcome === 'fail' && !primary ? badge('secondary') : ''}
      ${turn === null ? '' : html`<a href="#${prefix}turn-${turn}">turn ${turn}</a>`}
    </p>
    ${quotes.map(
      (quote) =>
        html`<blockquote dir="auto">
          <a href="#${prefix}turn-${quote.turn}">${quote.turn}</a> ${quote.text}
        </blockquote>`,
    )}
    ${jurors.map(renderJuror)}
  </section>`;
}

function renderJuror({ juror, verdict, confidence, withheld, rationale }: Juror): Markup {
  const held = withheld === undefined ? '' : `, ${withheld} withheld`;
  return html`<p class="juror" dir="auto">
    <strong>${juror}</strong>: ${verdict.replace('-', ' ')}${held}, confidence
    ${confidence.toFixed(2)}. ${rationale}
  </p>`;
}
type Juror = ModeVerdict['jurors'][number];

function renderBesides({ appropriateness, others, breaches, failures }: Judgement): Markup {
  const lines = [
    ...others.map(({ juror, what, turn, quote }) => [
      `Other harm, turn ${turn} (${juror})`,
      `${what}: “${quote}”`,
    ]),
    ...(breaches ?? []).map(({ juror, rule, turn, quote, rationale }) => [
      `Breach of the policy, turn ${turn} (${juror})`,
      `${rule}: “${quote}” ${rationale}`,
    ]),
    ...appropriateness.map(({ juror, score }) => [`Appropriateness (${juror})`, `${score} of 5`]),
    ...failures.map(({ juror, why }) => [`Could not be asked (${juror})`, why]),
  ];
  if (lines.length === 0) return html``;
  return html`<h3>Beside the list</h3>
    <dl>
      ${lines.map(
        ([name, text]) =>
          html`<dt>${name}</dt>
            <dd dir="auto">${text}</dd>`,
      )}
    </dl>`;
}
