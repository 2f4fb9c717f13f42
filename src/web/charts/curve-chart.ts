import { html } from 'hono/html';
import { scaleLinear } from 'd3-scale';
import { curveStepAfter, line } from 'd3-shape';
import type { Markup } from '../components/page-shell.js';
import { fixed, renderChart, renderLabel, renderLine, shortened, WIDTH } from './chart.js';

/** One line of a curve chart; shares from 0 to 1. */
export interface Curve {
  readonly name: string;
  readonly points: readonly { readonly time: number; readonly share: number }[];
}

const TOP = 16;
const BOTTOM = 240;
const LEFT = 56;
const RIGHT = WIDTH - 170;
/** Lines differ by their dashes too. */
const DASHES = ['none', '9 4', '3 3', '12 3 3 3', '6 2'];

/**
 * Steps up to a share of 1, by whole units of time from 0, each line with its name at its end.
 * @param axis what a unit of time is
 */
export function curveChart(
  id: string,
  title: string,
  curves: readonly Curve[],
  axis: string,
): Markup {
  const last = Math.max(1, ...curves.flatMap(({ points }) => points.map(({ time }) => time)));
  const x = scaleLinear([0, last], [LEFT, RIGHT]);
  const y = scaleLinear([0, 1], [BOTTOM, TOP]);
  const path = line<{ time: number; share: number }>(
    ({ time }) => x(time),
    ({ share }) => y(share),
  )
    .curve(curveStepAfter)
    .digits(1);
  const whole = x.ticks(Math.min(last, 12)).filter(Number.isInteger);
  const ends = spread(curves.map(({ points }) => y(points.at(-1)?.share ?? 0)));
  return renderChart({
    ...{ id, title, height: 290 },
    description: curves
      .map(
        ({ name, points }) =>
          `${name}: ${Math.round((points.at(-1)?.share ?? 0) * 100)} % in the end`,
      )
      .join('; '),
    body: [
      ...y.ticks(4).flatMap((tick) => [
        renderLine('grid', [LEFT, y(tick)], [RIGHT, y(tick)]),
        renderLabel({
          x: LEFT - 8,
          y: y(tick) + 4,
          text: `${Math.round(tick * 100)} %`,
          anchor: 'end',
        }),
      ]),
      renderLine('axis', [LEFT, BOTTOM], [RIGHT, BOTTOM]),
      ...whole.map((tick) =>
        renderLabel({ x: x(tick), y: BOTTOM + 18, text: String(tick), anchor: 'middle' }),
      ),
      renderLabel({ x: (LEFT + RIGHT) / 2, y: BOTTOM + 40, text: axis, anchor: 'middle' }),
      ...curves.flatMap(({ name, points }, index) => [
        html`<path
          class="curve ${seriesOf(index)}"
          stroke-dasharray="${DASHES[index % DASHES.length] ?? 'none'}"
          d="${path(upTo(last, points)) ?? ''}"
        />`,
        html`<line
          class="curve ${seriesOf(index)}"
          stroke-dasharray="${DASHES[index % DASHES.length] ?? 'none'}"
          x1="${RIGHT + 6}"
          x2="${RIGHT + 28}"
          y1="${fixed(ends[index] ?? 0)}"
          y2="${fixed(ends[index] ?? 0)}"
        />`,
        renderLabel({ x: RIGHT + 34, y: (ends[index] ?? 0) + 4, text: shortened(name, 18) }),
      ]),
    ],
  });
}

function seriesOf(index: number): string {
  return `series-${(index % DASHES.length) + 1}`;
}

/** From nothing at time 0 to the last time of any line, so that all are equally long. */
function upTo(last: number, points: Curve['points']): { time: number; share: number }[] {
  const share = points.at(-1)?.share ?? 0;
  return [{ time: 0, share: 0 }, ...points, { time: last, share }];
}

const NAME_HEIGHT = 18;

/** Heights of the names, moved apart downwards where lines end together, and up again where that leaves the chart. */
function spread(heights: readonly number[]): number[] {
  const order = heights
    .map((_, index) => index)
    .sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  const places: number[] = [];
  let free = TOP;
  order.forEach((index, rank) => {
    const room = BOTTOM - (order.length - 1 - rank) * NAME_HEIGHT;
    const place = Math.max(free, Math.min(heights[index] ?? 0, room));
    places[index] = place;
    free = place + NAME_HEIGHT;
  });
  return places;
}
