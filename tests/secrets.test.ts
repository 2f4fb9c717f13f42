import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  hideEnvironment,
  hideField,
  passwordOf,
  withoutPassword,
  withoutSecrets,
} from '../src/secrets.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('hideEnvironment', () => {
  it.each(['A_KEY', 'A_TOKEN', 'A_SECRET', 'A_PASSWORD', 'A_PASSWD', 'a_password'])(
    'hides the value of %s',
    (name) => {
      vi.stubEnv(name, `planted in ${name}`);
      hideEnvironment();
      expect(withoutSecrets(`It is "planted in ${name}".`)).toBe('It is "[key]".');
    },
  );

  it('hides a value that stands escaped in JSON', () => {
    vi.stubEnv('QUOTED_KEY', 'planted "with" quotes');
    hideEnvironment();
    expect(withoutSecrets(JSON.stringify({ text: 'planted "with" quotes' }))).toBe(
      '{"text":"[key]"}',
    );
  });

  it('hides the whole of a value that begins with another', () => {
    vi.stubEnv('SHORT_KEY', 'planted-short');
    vi.stubEnv('LONGER_KEY', 'planted-short-and-its-tail');
    hideEnvironment();
    expect(withoutSecrets('planted-short-and-its-tail, planted-short')).toBe('[key], [key]');
  });

  it('leaves values that are short, and variables of other names', () => {
    vi.stubEnv('BRIEF_KEY', 'seven77');
    vi.stubEnv('KEY_FILE', 'where/the/key/is');
    hideEnvironment();
    expect(withoutSecrets('seven77 of where/the/key/is')).toBe('seven77 of where/the/key/is');
  });
});

describe('hideField', () => {
  it.each(['authorization', 'x-api-key', 'Cookie', 'access_token', 'password'])(
    'hides the value of %s, and the key in it',
    (name) => {
      hideField(name, `Bearer written-in-${name}`);
      expect(withoutSecrets(`Bearer written-in-${name}; written-in-${name}`)).toBe('[key]; [key]');
    },
  );

  it('leaves values of other names', () => {
    hideField('accept', 'application/json');
    expect(withoutSecrets('application/json')).toBe('application/json');
  });
});

describe('withoutPassword', () => {
  it.each([
    ['postgres://me:planted%20one@host:1/runs', 'postgres://me@host:1/runs', 'planted one'],
    ['postgres://me:planted/two@host/runs', 'postgres://me@host/runs', 'planted/two'],
    ['postgres://me:pl@nted3@host/runs?a=b', 'postgres://me@host/runs?a=b', 'pl@nted3'],
    ['postgresql:///runs?password=planted-4&a=b', 'postgresql:///runs?a=b', 'planted-4'],
    ['postgres://me:pw@host/runs', 'postgres://me@host/runs', 'pw'],
    ['postgres://me:planted-5@[::1]/runs?q=a@b', 'postgres://me@[::1]/runs?q=a@b', 'planted-5'],
  ])('takes it out of %s, and keeps it', (address, name, password) => {
    expect(withoutPassword(address)).toBe(name);
    expect(passwordOf(name)).toBe(password);
    if (password.length >= 8) expect(withoutSecrets(`It is ${password}.`)).toBe('It is [key].');
  });

  it.each([
    'runs.db',
    'postgres://me@host:5432/runs',
    'C:\\runs:1@x',
    'postgres://host:5432/runs?user=a@b',
  ])('leaves %s as it is', (store) => {
    expect(withoutPassword(store)).toBe(store);
  });
});
