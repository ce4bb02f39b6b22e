import { say } from "./messages/index.js";
import { classStyle } from "./palette.js";
import { type Extent, type Plane, type Regions, type RegionsOptions, readPlane } from "./regions.js";
import { el, page, type Svg, safeId, wrap } from "./svg.js";

const margin = 8;

/** How sure the network is, in so many steps of opacity. */
const levels = [0.1, 0.2, 0.3] as const;

/**
 * Points in a plane as SVG, a color and a shape for each class; behind them the regions that a network gives
 * each class, in the class's color and hatching, paler where it is less sure.
 * @throws FigureError for what are no points or classes
 * @example
 * const { x, y } = moons({ samples: 50, seed: 0 });
 * regionsFigure({ points: x, labels: y, lang: "en" });
 */
export function regionsFigure(o: RegionsOptions): string {
  const plane = readPlane(o);
  const { extent, title, description } = plane;
  const id = safeId(o.id ?? "regions");
  const width = o.width ?? 420;
  const [left, right, bottom, top] = extent;
  const edge = width - 2 * margin;
  const x = (value: number): number => margin + ((value - left) / (right - left)) * edge;
  const y = (value: number): number => margin + ((top - value) / (top - bottom)) * edge;
  const parts = [
    el("defs", {}, ...Array.from({ length: classesOf(o.regions, plane) }, (_, k) => hatching(id, k))),
    ...(o.regions === undefined ? [] : cells(o.regions, id, edge)),
    el("rect", { class: "line", x: margin, y: margin, width: edge, height: edge }),
    ...plane.points.flatMap(([px, py, label], i) => {
      if (!(px >= left && px <= right && py >= bottom && py <= top)) return [];
      const missed = o.predicted !== undefined && o.predicted[i] !== label;
      return point(x(px), y(py), label, missed);
    }),
  ];
  let height = edge + 2 * margin;
  const notes = o.predicted === undefined ? [] : wrap(say(o.lang, "regions.missed"), Math.floor(edge / 6.8));
  for (const note of notes) {
    height += 18;
    parts.push(el("text", { x: margin, y: height - 4, class: "say" }, note));
  }
  return page(
    { id, width, height: height + 4, lang: o.lang, title, description, theme: o.theme ?? "auto" },
    ...parts,
  );
}

/** The place in the plane at a point of a drawing `width` wide; null where it is outside. */
export function placeIn(
  [left, right, bottom, top]: Extent,
  width: number,
  x: number,
  y: number,
): [number, number] | null {
  const edge = width - 2 * margin;
  const [across, down] = [(x - margin) / edge, (y - margin) / edge];
  if (across < 0 || across > 1 || down < 0 || down > 1) return null;
  return [left + across * (right - left), top - down * (top - bottom)];
}

function classesOf(regions: Regions | undefined, { classes }: Plane): number {
  let most = classes;
  for (let i = 0; i < (regions?.classes.length ?? 0); i++) most = Math.max(most, regions!.classes[i]! + 1);
  return most;
}

/** Lines in a class's own direction. */
function hatching(id: string, k: number): Svg {
  const { color, angle } = classStyle(k);
  return el(
    "pattern",
    {
      id: `${id}-class-${k}`,
      width: 7,
      height: 7,
      patternUnits: "userSpaceOnUse",
      patternTransform: `rotate(${angle})`,
    },
    el("path", { d: "M0 0H7", stroke: color, "stroke-width": 1.2 }),
  );
}

/**
 * All cells of one class that are as sure are one path, drawn twice, for color and lines: neighbors in a row are
 * one rectangle of it. A drawing that changes many times a second must be few elements.
 */
function cells({ side, classes, certainty }: Regions, id: string, edge: number): Svg[] {
  const size = edge / side;
  const level = (cell: number): number =>
    Math.min(Math.floor(Math.max(certainty[cell]!, 0) * levels.length), levels.length - 1);
  const areas = new Map<string, { k: number; opacity: number; d: string }>();
  for (let row = 0; row < side; row++) {
    let start = 0;
    for (let column = 1; column <= side; column++) {
      const [here, first] = [row * side + column, row * side + start];
      const same = column < side && classes[here] === classes[first] && level(here) === level(first);
      if (same) continue;
      const key = `${classes[first]} ${level(first)}`;
      const area = areas.get(key) ?? { k: classes[first]!, opacity: levels[level(first)]!, d: "" };
      const across = round((column - start) * size);
      area.d += `M${round(margin + start * size)} ${round(margin + row * size)}h${across}v${round(size)}h-${across}z`;
      areas.set(key, area);
      start = column;
    }
  }
  return [...areas.values()].flatMap(({ k, opacity, d }) => [
    el("path", { d, fill: classStyle(k).color, "fill-opacity": opacity }),
    el("path", { d, fill: `url(#${id}-class-${k})`, "fill-opacity": 1.4 * opacity }),
  ]);
}

/** A point in its class's shape; one on the wrong side has a ring. */
function point(x: number, y: number, label: number, missed: boolean): Svg[] {
  const { color, shape } = classStyle(label);
  const d = `M${round(x)} ${round(y)}${shape}`;
  const mark = el("path", { d, fill: color, stroke: "var(--paper)", "stroke-width": 1.2 });
  const ring = { class: "line", cx: x, cy: y, r: 7.5 };
  return missed ? [mark, el("circle", ring)] : [mark];
}

const round = (value: number): number => Math.round(value * 100) / 100;
