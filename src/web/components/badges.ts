import { html } from 'hono/html';
import type { ModeVerdict } from '../../judge/verdict.js';
import type { Severity } from '../../taxonomy/severity.js';
import type { Markup } from './page-shell.js';

type Kind = 'bad' | 'open' | 'good' | 'plain';

const KINDS: Readonly<Record<ModeVerdict['outcome'], Kind>> = {
  fail: 'bad',
  'needs-review': 'open',
  undetermined: 'open',
  pass: 'good',
  'not-applicable': 'plain',
};

/** A word that stands out by its frame; its colour says nothing that it does not. */
export function badge(text: string, kind: Kind = 'plain'): Markup {
  return html`<span class="badge" data-kind="${kind}">${text}</span>`;
}

export function outcomeBadge(outcome: ModeVerdict['outcome']): Markup {
  return badge(outcome.replace('-', ' '), KINDS[outcome]);
}

export function severityBadge(severity: Severity): Markup {
  return badge(severity);
}
