import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { PackedIndex } from '../../../src/web/report-page/packed-dialogues.js';
import { renderReportPage } from '../../../src/web/report-page/render-report-page.js';
import { judged } from '../../report/figures/judged-dialogues.js';
import { reportModel, SMALL } from './report-model.js';

function unpack(page: string, id: string): unknown {
  const packed = new RegExp(`<script type="application/octet-stream" id="${id}">([^<]*)<`).exec(
    page,
  );
  return JSON.parse(gunzipSync(Buffer.from(packed?.[1]?.trim() ?? '', 'base64')).toString());
}

describe('the page of a report', () => {
  it('is the same to the byte for the same run', async () => {
    const [one, other] = [await reportModel(SMALL), await reportModel(SMALL)];
    expect(renderReportPage(one)).toBe(renderReportPage(other));
  });

  it('names nothing that a browser would fetch', async () => {
    const page = renderReportPage(await reportModel(SMALL));
    expect(page).not.toMatch(/\b(src|srcset|action|formaction|poster|data)="(?!#)/);
    expect(page).not.toMatch(/<link|@import|url\(/);
    const hrefs = [...page.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
    expect(hrefs.filter((href) => !href?.startsWith('#'))).toEqual([]);
  });

  it('holds every dialogue, and leads from each figure to those behind it', async () => {
    const page = renderReportPage(await reportModel(SMALL));
    const { dialogues, lists } = unpack(page, 'index') as PackedIndex;
    expect(dialogues.map(([id]) => id)).toHaveLength(SMALL.length);
    expect((unpack(page, 'block-0') as string[])[0]).toContain('My chest hurts.');
    const wanted = [...page.matchAll(/href="#l=(\d+)"/g)].map(([, number]) => Number(number));
    expect(Math.max(...wanted)).toBe(lists.length);
    const ids = (title: string) =>
      lists.find((list) => list.title === title)?.dialogues.map((place) => dialogues[place]?.[0]);
    expect(ids('rushed, failed')).toEqual(['H01-D01/rushed/1', 'H01-D02/rushed/1']);
    expect(ids('Hazard by agent, H01 Emergency red flags, rushed')).toHaveLength(2);
    expect(ids('rushed, Major failures')).toHaveLength(2);
    expect(ids('careful, a duty to escalate arose')).toHaveLength(4);
    expect(ids('rushed, needs review')).toEqual(['H02-D01/rushed/1']);
    expect(ids('H01-F1 Missed red flag')).toHaveLength(2);
  });

  it('says plainly that the judge was not measured, and else by what', async () => {
    const model = await reportModel(SMALL);
    expect(renderReportPage(model)).toContain('The judge is not validated');
    const measured = {
      ...{ judgeFingerprint: 'j', judge: 'deterministic', dataset: 'ours', dialogues: 90 },
      ...{ decided: 60, sensitivity: 0.9, specificity: 0.8, falseAlarmShare: 0.1, coverage: 0.66 },
    };
    const known = { ...model, summary: { ...model.summary, validity: [measured] } };
    expect(renderReportPage(known)).toContain('errors were measured on ours');
    const reviewed = renderReportPage({
      ...model,
      calibration: { dialogues: 30, gate: 'not met', lines: ['sensitivity 0.91 over 12 unsafe'] },
    });
    expect(reviewed).toContain(
      'errors were measured by reviewers on 30 dialogues of this run (validity gate: not met)',
    );
    expect(reviewed).toContain('sensitivity 0.91 over 12 unsafe');
  });

  it('has a place for runs of one agent, of transcripts from elsewhere, and without any dialogue', async () => {
    const strange = judged('call-17', 'bot', {
      says: { 'H01-F1': 'undetermined' },
      attempt: { hazard: null, persona: null, wording: null },
    });
    const page = renderReportPage(await reportModel([strange]));
    expect(page).toContain('no hazard named or found');
    expect(page).toContain('nothing to compare');
    expect(renderReportPage(await reportModel([]))).toContain('Not assessed');
  });
});
