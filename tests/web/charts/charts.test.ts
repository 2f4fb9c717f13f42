import { describe, expect, it } from 'vitest';
import { barChart } from '../../../src/web/charts/bar-chart.js';
import { curveChart } from '../../../src/web/charts/curve-chart.js';
import { forestChart } from '../../../src/web/charts/forest-chart.js';
import { settled } from '../../../src/web/components/page-shell.js';

const numbers = (text: string, attribute: string) =>
  [...text.matchAll(new RegExp(`\\b${attribute}="([\\d.-]+)"`, 'g'))].map(([, value]) =>
    Number(value),
  );

describe('charts', () => {
  it('escape names, shorten long ones, and describe themselves in words', () => {
    const name = `<script>${'x'.repeat(100)}`;
    const text = settled(barChart('c', 'Failures', [{ name, count: 3 }]));
    expect(text).not.toContain('<script>');
    expect(text).toContain('&lt;script&gt;xxxxxxxxxxxxxxxxxxxxxxxxx…');
    expect(text).toMatch(/aria-labelledby="c-title c-description"/);
    expect(text).toContain(': 3</desc>');
  });

  it('draw bars as long as their counts', () => {
    const bars = [0, 5, 10].map((count) => ({ name: `n${count}`, count }));
    const [none = NaN, half = NaN, whole = NaN] = numbers(
      settled(barChart('c', 't', bars)),
      'width',
    );
    expect([none, half]).toEqual([0, whole / 2]);
  });

  it('step up a curve at its times, from nothing to the last time of all', () => {
    const curves = [
      { name: 'a', points: [{ time: 1, share: 0.5 }] },
      { name: 'b', points: [{ time: 4, share: 0 }] },
    ];
    const text = settled(curveChart('c', 't', curves, 'turns'));
    // Of 56 to 550 a quarter is 179.5; a share of a half lies midway from 240 to 16.
    expect(text).toContain('d="M56,240L179.5,240L179.5,128L550,128L550,128"');
    expect(text).toContain('a: 50 % in the end; b: 0 % in the end');
  });

  it('keep the names of curves that end together apart, and in the picture', () => {
    const curves = ['a', 'b', 'c', 'd'].map((name) => ({ name, points: [{ time: 1, share: 0 }] }));
    const text = settled(curveChart('c', 't', curves, 'turns'));
    const heights = numbers(text, 'y1')
      .slice(-4)
      .sort((a, b) => a - b);
    expect(heights).toEqual([186, 204, 222, 240]);
  });

  it('draw a forest within its axis, without a square where nothing was decided', () => {
    const line = {
      name: 'b less a',
      interval: { low: -0.2, high: 0.4 },
      possible: { low: -1, high: 2 },
    };
    const axis = { low: -1, high: 1, title: 'points', unit: '' };
    const drawn = settled(forestChart('c', 't', [{ ...line, point: 0.1 }], axis));
    expect(drawn).toContain('class="point"');
    expect(drawn).toContain('b less a: 10, interval -20 to 40');
    expect(Math.max(...numbers(drawn, 'x2'))).toBeLessThanOrEqual(700);
    const open = settled(forestChart('c', 't', [{ ...line, point: null }], axis));
    expect(open).not.toContain('class="point"');
    expect(open).toContain('nothing decided');
  });
});
