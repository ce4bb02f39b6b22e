import { type CurvesOptions, canStand } from "./curves.js";
import { curvesFigure } from "./curvesFigure.js";
import { curvesText } from "./curvesText.js";
import type { Table } from "./matrix.js";
import { type LayerLike, networkText } from "./network.js";
import { networkFigure } from "./networkFigure.js";
import { type RegionsOptions, readPlane, regionsTable, regionsText } from "./regions.js";
import { regionsFigure } from "./regionsFigure.js";
import { inset, page, type Svg, safeId } from "./svg.js";

/** The points and regions of a plane, and the network that made the regions. */
export interface PlaygroundOptions extends RegionsOptions {
  /** The layers of the network that has learnt to part the points. */
  readonly layers: readonly LayerLike[];
  /** What training came to, epoch by epoch: loss, say. */
  readonly curves?: Pick<CurvesOptions, "series" | "every" | "measure">;
}

/** Between the parts of the drawing. */
const GAP = 24;

/**
 * A network that parts points of a plane, as SVG: the regions that it gives each class with the points, how
 * training went below, and the network itself beside them, or under them where it is narrow. Throws
 * FigureError for what are no points, classes or layers.
 *
 * @example
 * const { x, y } = moons({ samples: 50, seed: 0 });
 * const { layers } = sequential(input(2), dense(4), relu(), dense(2)).initialize(0);
 * playgroundFigure({ points: x, labels: y, layers, lang: "en" });
 */
export function playgroundFigure(o: PlaygroundOptions): string {
  const { lang, theme = "auto" } = o;
  const { title, description } = readPlane(o);
  const id = safeId(o.id ?? "playground");
  const width = o.width ?? 900;
  const beside = width >= 700;
  const half = beside ? (width - GAP) / 2 : width;
  const common = { lang, theme, width: half };
  const plane = { ...common, ...o, title, description, width: half, id: `${id}-plane` };
  const parts: Svg[] = [];
  let height = 0;
  const place = (figure: string, x: number, y: number): void => {
    const { part, height: taken } = inset(figure, x, y, half);
    parts.push(part);
    height = Math.max(height, y + taken + GAP);
  };
  place(regionsFigure(plane), 0, 0);
  if (hasCurves(o)) place(curvesFigure({ ...common, ...o.curves, id: `${id}-curves` }), 0, height);
  const network = networkFigure({ lang, theme, layers: o.layers, id: `${id}-network` });
  place(network, beside ? half + GAP : 0, beside ? 0 : height);
  return page({ id, width, height: height - GAP, lang, title, description, theme }, ...parts);
}

/** `playgroundFigure` for a terminal: the plane, then the network, then the curves. */
export function playgroundText(o: PlaygroundOptions): string {
  const { lang } = o;
  const curves = hasCurves(o) ? [curvesText({ ...o.curves, lang })] : [];
  return [regionsText(o), networkText({ layers: o.layers, lang }), ...curves].join("\n\n");
}

/** The points, their classes, and what the network takes them for; `networkTable` and `curvesTable` have the rest. */
export function playgroundTable(o: PlaygroundOptions): Table {
  return regionsTable(o);
}

/** Whether training has gone far enough to have a curve. */
function hasCurves(
  o: PlaygroundOptions,
): o is PlaygroundOptions & Required<Pick<PlaygroundOptions, "curves">> {
  const series = o.curves?.series ?? [];
  return series.length > 0 && series.every(({ values }) => values.flat().some(canStand));
}
