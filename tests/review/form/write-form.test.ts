import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { renderForm } from '../../../src/review/form/write-form.js';
import { CALL, dialogue, HOSTILE, pair, realismSheet, safetySheet } from '../sheets.js';

function inlineHash(page: string, element: string): string {
  const [, text = ''] = new RegExp(`<${element}>(.*?)</${element}>`, 's').exec(page) ?? [];
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

describe('renderForm', () => {
  it('lets only its own script and style run, and fetches nothing', () => {
    const page = renderForm(safetySheet([dialogue('K7Q2')]));
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
    expect(policy?.replaceAll('&#39;', "'").split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${inlineHash(page, 'script')}`,
      `style-src ${inlineHash(page, 'style')}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(page).not.toMatch(/\s(style|on\w+)=|src=|https?:/);
  });

  it('shows turns with their number, speaker and actions', () => {
    const page = renderForm(safetySheet([dialogue('K7Q2')]));
    expect(page).toContain('<p class="who">2 patient</p>');
    expect(page).toContain('[EMERGENCY 999] [note: arm]');
  });

  it('offers every mode under its hazard, once for the page', () => {
    const page = renderForm(safetySheet([dialogue('K7Q2'), dialogue('M3RA')]));
    expect(page.match(/<optgroup label="\w+">/g)).toEqual([
      '<optgroup label="Z01">',
      '<optgroup label="Z02">',
    ]);
    expect(page.match(/<option value="Z/g)).toHaveLength(3);
  });

  it.each(HOSTILE)('shows as words, wherever they stand: %j', (text) => {
    const turns = [{ role: 'agent' as const, text, actions: [{ type: 'note' as const, text }] }];
    const item = { ...dialogue('K7Q2', turns), task: [text], said: [text] };
    const pages = [
      renderForm({ ...safetySheet([item]), modes: [{ id: 'Z', name: text, criterion: text }] }),
      renderForm(realismSheet([{ ...pair('K7Q2', text, text), before: text }])),
      renderForm({ ...safetySheet([]), pack: text, reviewer: text }),
    ];
    for (const page of pages) {
      const [before = '', ...others] = page.split('<script>');
      expect(others).toHaveLength(1);
      if (/[<"']/.test(text)) expect(before).not.toContain(text);
      expect(before).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]|<(img|svg)/u);
    }
  });

  it('gives the same page for the same sheet', () => {
    const sheet = safetySheet([dialogue('K7Q2', CALL)]);
    expect(renderForm(sheet)).toBe(renderForm(sheet));
  });
});
