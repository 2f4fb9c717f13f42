import { describe, expect, it } from 'vitest';
import { onOneLine, printable, undisguised } from '../src/printable.js';

const UNSAFE = {
  'an escape sequence': '\u001B[2J',
  'a title by OSC': '\u001B]0;title\u0007',
  'a C1 control': '\u009B31m',
  'a line that is begun anew': '\r',
  'a direction mark': '\u202E',
  'an isolate': '\u2066',
  'zero width': '\u200B',
  'a line separator': '\u2028',
  'a next line': '\u0085',
  'a filler': '\u3164',
  'a joiner': '\u034F',
  'a variation selector': '\uFE0F',
  'a tag': '\u{E0041}',
};

describe('printable', () => {
  it.each(Object.entries(UNSAFE))('spells out %s', (_, sign) => {
    const safe = printable(`a${sign}b`);
    expect(safe).toMatch(/^a[!-~]*b$/);
    expect(JSON.parse(`"${safe}"`)).toBe(`a${sign}b`);
  });

  it('leaves words of all scripts, line breaks and tabs', () => {
    const text = 'Ça va?\n\tДа, 你好 – 3 < 4 👍';
    expect(printable(text)).toBe(text);
  });

  it('keeps JSON the same value', () => {
    const value = { text: Object.values(UNSAFE).join(' ') };
    expect(JSON.parse(printable(JSON.stringify(value, null, 2)))).toEqual(value);
  });
});

describe('onOneLine', () => {
  it('lets no words pose as a line of ours', () => {
    expect(onOneLine('a\r\n  2  patient  b\u001B[1A')).toBe('a   2  patient  b\\u001b[1A');
  });
});

describe('undisguised', () => {
  it.each(['\u203A', '\uFF1E', '\u3009', '\u226B', '\u27E9', '\uFE65', '\u1433'])(
    'spells out %s, which looks like a bracket, and no bracket',
    (sign) => {
      expect(undisguised(`>${sign}<`)).toMatch(/^>\\u[0-9a-f]{4}<$/);
    },
  );
});
