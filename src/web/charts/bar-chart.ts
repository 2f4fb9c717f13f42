import { html } from 'hono/html';
import { scaleBand, scaleLinear } from 'd3-scale';
import type { Markup } from '../components/page-shell.js';
import { fixed, renderChart, renderLabel, renderLine, shortened, WIDTH } from './chart.js';

export interface Bar {
  readonly name: string;
  readonly count: number;
}

const LEFT = 250;
const RIGHT = WIDTH - 60;
const ROW = 26;
const TOP = 8;

/** Horizontal bars with their counts, in the order given. */
export function barChart(id: string, title: string, bars: readonly Bar[]): Markup {
  const height = TOP + bars.length * ROW + 8;
  const x = scaleLinear([0, Math.max(1, ...bars.map(({ count }) => count))], [LEFT, RIGHT]);
  const y = scaleBand(
    bars.map((_, index) => index),
    [TOP, TOP + bars.length * ROW],
  ).padding(0.25);
  return renderChart({
    ...{ id, title, height },
    description: bars.map(({ name, count }) => `${name}: ${count}`).join('; '),
    body: [
      ...bars.flatMap(({ name, count }, index) => {
        const top = y(index) ?? 0;
        const middle = top + y.bandwidth() / 2 + 4;
        return [
          renderLabel({ x: LEFT - 10, y: middle, text: shortened(name, 34), anchor: 'end' }),
          html`<rect
            class="bar"
            x="${LEFT}"
            y="${fixed(top)}"
            width="${fixed(x(count) - LEFT)}"
            height="${fixed(y.bandwidth())}"
          />`,
          renderLabel({ x: x(count) + 8, y: middle, text: String(count) }),
        ];
      }),
      renderLine('axis', [LEFT, TOP], [LEFT, height - 8]),
    ],
  });
}
