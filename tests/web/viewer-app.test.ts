import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunStore } from '../../src/store/run-store.js';
import { keys, viewedStore, viewerOf } from './viewed-store.js';

const ONE = '/runs/r-1/dialogues/H01-D01/rushed/1';
const label = { form: keys.form, by: 'osei', unsafe: 'no' };

describe('the viewer', () => {
  let store: RunStore;
  let viewer: ReturnType<typeof viewerOf>;
  beforeAll(async () => {
    store = await viewedStore();
    viewer = viewerOf(store);
  }, 60_000);
  afterAll(() => store.close());

  const textOf = async (address: string) => (await viewer.get(address)).text();

  describe('lets nobody else in', () => {
    it('gives no page without its token, and takes that once from the address', async () => {
      expect((await viewer.get('/', { cookie: '' })).status).toBe(401);
      expect((await viewer.get('/style.css', { cookie: '' })).status).toBe(401);
      expect((await viewer.get('/?t=wrong', { cookie: '' })).status).toBe(401);
      const entered = await viewer.get(`/runs/r-1?t=${keys.token}`, { cookie: '' });
      expect(entered.status).toBe(303);
      expect(entered.headers.get('location')).toBe('/runs/r-1');
      expect(entered.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/);
    });

    it('answers to its own name alone', async () => {
      for (const host of ['example.org', '127.0.0.1', '127.0.0.1:81', 'localhost.example.org:80']) {
        expect((await viewer.get('/', { host })).status).toBe(403);
      }
      expect((await viewer.get('/', { host: 'localhost:80' })).status).toBe(200);
    });

    it('takes forms of its own pages alone', async () => {
      const posted = (fields: object, headers = {}) =>
        viewer.post(`${ONE}/label`, { ...label, ...fields }, headers);
      expect((await posted({}, { origin: 'http://example.org' })).status).toBe(403);
      expect((await posted({}, { origin: 'null' })).status).toBe(403);
      expect((await posted({ form: 'wrong' })).status).toBe(422);
      expect((await posted({ comment: 'x'.repeat(200_000) })).status).toBe(413);
      expect(await store.labels('r-1')).toEqual([]);
    });

    it('runs nothing but its own script, in no frame', async () => {
      const policy = (await viewer.get('/')).headers.get('content-security-policy');
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).not.toContain('unsafe');
      expect(policy).toContain("frame-ancestors 'none'");
      expect((await viewer.get('/nix')).headers.get('content-security-policy')).toBe(policy);
      expect(await textOf(ONE)).not.toMatch(/<[^>]* (on\w+|style)=/);
    });
  });

  it('lists runs, and their dialogues by what is asked for', async () => {
    expect(await textOf('/')).toContain('href="/runs/r-1"');
    const all = await textOf('/runs/r-1');
    expect(all.match(/href="[^"]*\/dialogues\//g)).toHaveLength(4);
    const rushed = await textOf('/runs/r-1?agent=rushed&domain=D01&hazard=H01');
    expect(rushed.match(/href="[^"]*\/dialogues\//g)).toHaveLength(1);
    expect(await textOf('/runs/r-1?domain=D05')).toContain('0 dialogues');
    expect((await viewer.get('/runs/r-1?outcome=nonsense')).status).toBe(422);
    expect((await viewer.get('/runs/r-2')).status).toBe(404);
  });

  it('shows a dialogue with what was heard, released and due', async () => {
    const page = await textOf(ONE);
    expect(page).toContain('ear: greets');
    expect(page).toContain('fact released:');
    expect(page).toContain('duty arose: EMERGENCY');
    expect(page).toContain('<mark title="evidence of');
    expect(page).toContain('deterministic');
    expect((await viewer.get('/runs/r-1/dialogues/H01-D01/nobody/1')).status).toBe(404);
  });

  it('sets two agents side by side, and compares them', async () => {
    const beside = await textOf(`${ONE}?beside=careful`);
    expect(beside).toContain('id="a-turn-1"');
    expect(beside).toContain('id="b-turn-1"');
    expect(await textOf('/compare?a=r-1&b=r-1')).toContain('r-1/rushed against r-1/careful');
    expect((await viewer.get('/compare?a=r-1&b=r-9')).status).toBe(404);
  });

  it('changes nothing where it is only looked at', async () => {
    const review = await viewer.get('/runs/r-1/review?by=osei');
    expect(review.status).toBe(303);
    await viewer.get('/runs/r-1/stop');
    await viewer.get(`${ONE}/label`);
    expect(await store.labels('r-1')).toEqual([]);
    expect(await store.isStopRequested('r-1')).toBe(false);
  });

  it('hides from a reviewer what is to be judged without', async () => {
    const review = await viewer.get('/runs/r-1/review?by=osei');
    const page = await textOf(review.headers.get('location') ?? '');
    expect(page).toContain('What was said');
    expect(page).not.toMatch(/careful|rushed|H01-D0|deterministic|duty arose|data-fails/);
  });

  it('keeps labels of a named reviewer until none is left', async () => {
    const wrong = await viewer.post(`${ONE}/label`, {
      ...label,
      unsafe: 'yes',
      mode0: 'H01-F1',
      turn0: '2',
    });
    expect(wrong.status).toBe(422);
    const found = {
      unsafe: 'yes',
      mode0: 'H01-F3',
      turn0: '5',
      severity0: 'Major',
      comment: 'late',
    };
    expect((await viewer.post(`${ONE}/label`, { ...label, ...found })).status).toBe(303);
    const [kept] = await store.labels('r-1');
    expect(kept?.label).toMatchObject({
      ...{ author: 'osei', unsafe: 'yes', source: 'chosen', comment: 'late' },
      findings: [{ failureMode: 'H01-F3', turn: 5, severity: 'Major' }],
    });
    expect(await textOf(ONE)).toContain('H01-F3 in turn 5');
    for (let left = 0; left < 10; left += 1) {
      const next = (await viewer.get('/runs/r-1/review?by=osei')).headers.get('location');
      if (next === null) break;
      await viewer.post(next.split('?')[0] ?? '', label);
    }
    const labelled = new Set((await store.labels('r-1')).map(({ dialogue }) => dialogue));
    const valid = await store.countDialogues('r-1', undefined, { standing: 'valid' }, 9);
    expect(labelled.size).toBe(valid);
    expect(await textOf('/runs/r-1/review?by=osei')).toContain('labelled every dialogue');
  });

  it('asks whoever works on a run to stop, and nobody else', async () => {
    await viewer.post('/runs/r-1/stop', { form: keys.form });
    expect(await store.isStopRequested('r-1')).toBe(false);
    const lock = await store.lock('r-1');
    expect(await textOf('/runs/r-1/live')).toContain('In progress');
    await viewer.post('/runs/r-1/stop', { form: keys.form });
    expect(await store.isStopRequested('r-1')).toBe(true);
    expect(await textOf('/runs/r-1/live')).toContain('Stopping');
    await lock.release();
  });

  it('tells how far a run is until nobody works on it', async () => {
    const lock = await store.lock('r-1');
    const events = await viewer.get('/runs/r-1/events');
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
    const first = (await reader?.read())?.value ?? '';
    expect(first).toContain('4 of 4 dialogues held');
    await lock.release();
    let rest = first;
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      rest += part.value;
    }
    expect(rest).toContain('event: failure');
    expect(rest).toContain('Nobody works on it');
    expect(rest).toMatch(/event: end\s+data: \s*$/);
  });
});
