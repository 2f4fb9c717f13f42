import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, sha256 } from '../../src/evidence/canonical-json.js';

describe('canonical JSON', () => {
  it('is that of RFC 8785, section 3.2.3', () => {
    const sample =
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],' +
      '"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}';
    expect(canonicalJson(JSON.parse(sample))).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('orders members by UTF-16 code units, as the sample of section 3.2.3 does', () => {
    const members = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const value = Object.fromEntries(members.map((name) => [name, 0]));
    expect(Object.keys(JSON.parse(canonicalJson(value)) as object)).toHaveLength(members.length);
    const order = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'];
    expect(canonicalJson(value)).toBe(
      `{${order.map((name) => `${JSON.stringify(name)}:0`).join()}}`,
    );
  });

  it('orders names of digits as texts', () => {
    expect(canonicalJson({ 9: 0, 10: 0 })).toBe('{"10":0,"9":0}');
  });

  it('writes lone surrogates as JSON.stringify escapes them, where the RFC refuses them', () => {
    expect(canonicalJson({ text: 'a\ud800b\udc00' })).toBe('{"text":"a\\ud800b\\udc00"}');
  });

  it('is the same whatever the order of the members, and another for another value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (value, other) => {
        const again = reversed(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(again)).toBe(canonicalJson(JSON.parse(JSON.stringify(value))));
        const same = canonicalJson(value) === canonicalJson(other);
        expect(same).toBe(canonicalJson(reversed(value)) === canonicalJson(reversed(other)));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('is hashed by SHA-256 (FIPS 180-2, "abc")', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, each]) => [name, reversed(each)]);
  return Object.fromEntries(members.reverse()) as unknown;
}
