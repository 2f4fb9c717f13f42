import { html } from 'hono/html';
import { scaleLinear } from 'd3-scale';
import { symbol, symbolSquare } from 'd3-shape';
import type { Interval } from '../../statistics/wilson.js';
import type { Markup } from '../components/page-shell.js';
import { fixed, renderChart, renderLabel, renderLine, shortened, WIDTH } from './chart.js';

/** An estimate with its interval, within what it can come to once all is decided; shares. */
export interface ForestLine {
  readonly name: string;
  /** Null where nothing was decided. */
  readonly point: number | null;
  readonly interval: Interval;
  readonly possible: Interval;
}

export interface ForestAxis {
  readonly low: number;
  readonly high: number;
  readonly title: string;
  readonly unit: string;
}

const LEFT = 250;
const RIGHT = WIDTH - 20;
const ROW = 30;
const TOP = 10;
const SIDE = 64;

/** Lines under each other on one axis: what is possible as a box, the interval as a line, the estimate as a square. */
export function forestChart(
  id: string,
  title: string,
  lines: readonly ForestLine[],
  axis: ForestAxis,
): Markup {
  const bottom = TOP + lines.length * ROW;
  const x = scaleLinear([axis.low, axis.high], [LEFT, RIGHT]).clamp(true);
  const percent = (share: number) => `${Math.round(share * 100)}${axis.unit}`;
  return renderChart({
    ...{ id, title, height: bottom + 48 },
    description: lines
      .map(
        ({ name, point, interval }) =>
          `${name}: ${point === null ? 'nothing decided' : percent(point)}, interval ${percent(interval.low)} to ${percent(interval.high)}`,
      )
      .join('; '),
    body: [
      ...x
        .ticks(5)
        .flatMap((tick) => [
          renderLine(tick === 0 ? 'axis' : 'grid', [x(tick), TOP], [x(tick), bottom]),
          renderLabel({ x: x(tick), y: bottom + 18, text: percent(tick), anchor: 'middle' }),
        ]),
      renderLabel({ x: (LEFT + RIGHT) / 2, y: bottom + 40, text: axis.title, anchor: 'middle' }),
      ...lines.flatMap((each, index) => renderRow(each, TOP + (index + 0.5) * ROW, x)),
    ],
  });
}

function renderRow(
  { name, point, interval, possible }: ForestLine,
  y: number,
  x: (share: number) => number,
): Markup[] {
  return [
    renderLabel({ x: LEFT - 10, y: y + 4, text: shortened(name, 34), anchor: 'end' }),
    html`<rect
      class="possible"
      x="${fixed(x(possible.low))}"
      y="${fixed(y - 7)}"
      width="${fixed(Math.max(1, x(possible.high) - x(possible.low)))}"
      height="14"
    />`,
    renderLine('interval', [x(interval.low), y], [x(interval.high), y]),
    ...(point === null
      ? []
      : [
          html`<path
            class="point"
            transform="translate(${fixed(x(point))} ${fixed(y)})"
            d="${symbol(symbolSquare, SIDE)() ?? ''}"
          />`,
        ]),
  ];
}
