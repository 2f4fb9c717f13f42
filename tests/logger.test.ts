import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLogger } from '../src/logger.js';
import { hideEnvironment } from '../src/secrets.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the log', () => {
  it('holds a line of JSON an event, and no secret in any part of it', () => {
    const secret = 'planted "log" key\\1234';
    vi.stubEnv('LOGGED_KEY', secret);
    hideEnvironment();
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'log-')), 'below', 'log.jsonl');
    const logger = createLogger(file);
    logger.warn({ header: secret, deep: [{ key: secret }] }, `refused ${secret}`);
    logger.error(new Error(`thrown with ${secret}`));
    const text = readFileSync(file, 'utf8');
    expect(text).not.toContain('planted');
    const [first, second] = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(first).toMatchObject({
      header: '[key]',
      deep: [{ key: '[key]' }],
      msg: 'refused [key]',
    });
    expect(second).toMatchObject({ msg: 'thrown with [key]' });
  });
});
