import { afterEach, describe, expect, it, vi } from 'vitest';
import { hideEnvironment, hideField, withoutSecrets } from '../src/secrets.js';

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
