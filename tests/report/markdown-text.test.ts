import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdownCode, markdownText } from '../../src/report/markdown-text.js';

describe('markdownText', () => {
  it.each([
    ['a | b', 'a \\| b'],
    ['`code`', '\\`code\\`'],
    ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
    ['&lt;', '&amp;lt;'],
    ['@team look', '@<!-- -->team look'],
    ['[x](javascript:alert(1))', '\\[x\\](javascript:alert(1))'],
    ['see https://evil.example', 'see https:<!-- -->//evil.example'],
    ['www.evil.example', 'www<!-- -->.evil.example'],
    ['#12', '\\#<!-- -->12'],
    ['# head', '\\# head'],
    ['1. item', '1\\. item'],
    ['one\n\n# two', 'one # two'],
    ['\u202Egnp', '\\\\u202egnp'],
  ])('writes %j as %j', (text, words) => {
    expect(markdownText(text)).toBe(words);
  });
});

describe('markdownCode', () => {
  it('holds any text in one span of one line that no cell ends in', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('`', '|', '\n', ' ', '\\', 'a', '<', '@') }),
        (text) => {
          const code = markdownCode(text);
          const [, fence = '', inside = ''] = /^(`+)(.*?)\1$/s.exec(code) ?? [];
          expect(code).not.toMatch(/[|\n]/);
          expect(inside.match(/`+/g) ?? []).not.toContain(fence);
        },
      ),
    );
  });
});
