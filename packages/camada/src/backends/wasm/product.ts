import { sizeOf } from "../../shape/shape.js";
import type { Code } from "./assembler/index.js";
import { type Product, sumsAlong, Tiles } from "./tile.js";
import type { Emitted, Target, Writer } from "./writer.js";

/** How many vectors of a row of results are computed together. */
export function panelVectors({ wide }: Target): number {
  return wide ? 4 : 2;
}

/** How many rows: as many as keep all sums in registers. Engines without fused instructions need some for products. */
function tileRows({ relaxed, wide }: Target): number {
  return relaxed || wide ? 6 : 4;
}

/** So many sums side by side keep a machine busy that begins two additions a cycle, each of which takes four. */
const SUMS = 8;

/** How many columns go together with so many rows: of few rows more, so that there are enough sums. */
function tileColumns({ lanes, isAlong }: Tiles, { panel }: Product, target: Target, rows: number): number {
  if (panel !== undefined) return panel;
  // along what is added up, each column is a sum of its own; they become vectors of columns at the end
  if (isAlong) return lanes * Math.max(1, Math.floor(SUMS / rows / lanes / sumsAlong(target, rows)));
  return lanes * Math.max(panelVectors(target), rows <= 2 ? SUMS / rows : 0);
}

/**
 * A product of matrices, in tiles whose sums stay in registers while k goes by; what follows each sum, a bias or an
 * activation, is computed before it goes to memory (Goto and van de Geijn, "Anatomy of high-performance
 * matrix multiplication", 2008). Each kind of tile is a function of its own, as engines do not exchange a
 * function that runs for a better one. The order in which a sum's terms are added is the same in every tile.
 */
export function emitProduct(writer: Writer, kernel: Product): Emitted {
  const tiles = new Tiles(writer, kernel);
  const { lead, lanes } = tiles;
  const [m, n] = kernel.shape.slice(-2) as [number, number];
  // rows are dealt out evenly: so many blocks of one height, the others one less
  const blocks = Math.ceil(m / (tiles.isAlong ? m : tileRows(writer.target)));
  const tall = Math.ceil(m / blocks);
  const tallBlocks = m - blocks * (tall - 1);
  const columns = tileColumns(tiles, kernel, writer.target, tall);
  const panels = Math.ceil(n / columns);
  const full = Math.floor(n / columns);
  const rest = n - full * columns;
  const [axis, units] =
    lead[0]! >= 4 || blocks * panels === 1
      ? (["lead", lead[0]!] as const)
      : isByColumns(kernel, blocks, panels)
        ? (["columns", panels] as const)
        : (["rows", blocks] as const);
  const fn = writer.assembler.function(null, ["i32", "i32"], [], (code) => {
    const shared = (name: "lead" | "rows" | "columns", size: number): Range =>
      axis === name ? { shared: true } : { shared: false, size };
    const leading = lead.map(() => code.local("i32"));
    const column = code.local("i32");
    const row = code.local("i32");
    const block = code.local("i32");
    const panel = code.local("i32");
    const rows = (width: number): void => {
      repeat(code, block, shared("rows", blocks), () => {
        // row = block * tall, less one for each that is not tall
        code.get(block).i32(tall).op("i32.mul").set(row);
        const call = (height: number): void => {
          for (const index of leading) code.get(index);
          code.get(row).get(column).call(tiles.of(height, width));
        };
        if (tallBlocks === blocks) {
          call(tall);
          return;
        }
        code.get(block).i32(tallBlocks).op("i32.lt_u").if();
        call(tall);
        code.else();
        code.get(row).get(block).op("i32.sub").i32(tallBlocks).op("i32.add").set(row);
        call(tall - 1);
        code.end();
      });
    };
    const inside = (): void => {
      repeat(code, panel, shared("columns", panels), () => {
        code.get(panel).i32(columns).op("i32.mul").set(column);
        if (rest === 0) rows(columns);
        else if (full === 0) rows(rest);
        else {
          code.get(panel).i32(full).op("i32.lt_u").if();
          rows(columns);
          code.else();
          rows(rest);
          code.end();
        }
      });
    };
    const over = (axis: number): void => {
      if (axis === lead.length) inside();
      else {
        const range = axis === 0 ? shared("lead", lead[0]!) : { shared: false as const, size: lead[axis]! };
        repeat(code, leading[axis]!, range, () => over(axis + 1));
      }
    };
    over(0);
  });
  return { fn, units, work: (sizeOf(kernel.shape) * kernel.a.shape.at(-1)!) / lanes / 2 };
}

/**
 * Whether threads have columns of their own rather than rows. Each lays out panels of its own, which are then in
 * its core's cache; so are, from step to step, the weights of the neurons that the columns are.
 */
function isByColumns({ panel }: Product, blocks: number, panels: number): boolean {
  return (panel !== undefined && panels >= 8) || blocks < Math.min(4, panels);
}

type Range = { readonly shared: true } | { readonly shared: false; readonly size: number };

/** A loop with its index in a local: from local 0 to local 1 where it is shared, else over a size. */
function repeat(code: Code, index: number, range: Range, body: () => void): void {
  if (!range.shared && range.size === 1) {
    code.i32(0).set(index);
    body();
    return;
  }
  if (range.shared) code.get(0);
  else code.i32(0);
  code.set(index).loop();
  body();
  code.get(index).i32(1).op("i32.add").tee(index);
  if (range.shared) code.get(1);
  else code.i32(range.size);
  code.op("i32.lt_u").brIf(0).end();
}
