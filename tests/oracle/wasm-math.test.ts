import { existsSync, readFileSync } from "node:fs";
import { erf, sigmoid } from "camada";
import { describe, expect, it } from "vitest";
import { compiled, distance, TIERS } from "../lanes.js";

/**
 * Compiled functions against what is true: in float64 against mpmath's values as they were recorded, in
 * float32 against float64's functions, and against NumPy's own tables where they are. No result is further
 * than two numbers from the one nearest to the true value: its error is below 2.5 ulp.
 */

type Float = "float32" | "float64";
const NAMES = ["exp", "expm1", "log", "log1p", "tanh", "sin", "cos", "logistic", "erf", "power"] as const;
type Name = (typeof NAMES)[number];

interface Wrong {
  readonly x: number;
  readonly y: number | undefined;
  readonly got: number;
  readonly want: number;
}

/** What is further than two numbers from what it should be. */
function wrong(name: Name, dtype: Float, tier: (typeof TIERS)[number], rows: readonly number[][]): Wrong[] {
  const run = compiled(dtype, tier, (b, x, y) => b[name](x, y));
  const results = run(rows.map(([x]) => x!), rows.map(([, , y]) => y ?? 0)); // biome-ignore format: one line
  return results.flatMap((got, i) => {
    const [x, want, y] = rows[i] as [number, number, number?];
    return distance(dtype, got, want) <= 2 ? [] : [{ x, y, got, want }];
  });
}

const recorded = JSON.parse(
  readFileSync(new URL("./fixtures/true-values.json", import.meta.url), "utf8"),
) as Record<Name, number[][]>;

/** Everything that float32 has, evenly: every so many-th number, of both signs. */
function sweep(step: number): number[] {
  const bits = new Uint32Array(Math.ceil(0x7f800000 / step)).map((_, i) => i * step);
  const values = [...new Float32Array(bits.buffer)];
  return [...values, ...values.map((x) => -x)];
}

const IN_FLOAT64: Record<Name, (x: number, y: number) => number> = {
  ...{ exp: Math.exp, expm1: Math.expm1, log: Math.log, log1p: Math.log1p, tanh: Math.tanh },
  ...{ sin: Math.sin, cos: Math.cos, power: Math.pow },
  ...{ logistic: (x) => sigmoid(x), erf: (x) => erf(x) },
};

describe.each(TIERS)("relaxed: $relaxed", (tier) => {
  it.each(NAMES)("%s of float64 is as near to the truth as promised", (name) => {
    expect(recorded[name].length).toBeGreaterThan(200);
    expect(wrong(name, "float64", tier, recorded[name])).toEqual([]);
  });

  it.each(NAMES)("%s of float32 is, over the whole range", (name) => {
    const rows = sweep(0x7f800000 / 20_000).map((x, i) => {
      const y = name === "power" ? Math.fround(((i % 37) - 18.3) / 3) : 0;
      return [x, Math.fround(IN_FLOAT64[name](x, y)), y];
    });
    expect(wrong(name, "float32", tier, rows)).toEqual([]);
  });
});

/** Where Debian's python3-numpy has its tables. */
const TABLES = "/usr/lib/python3/dist-packages/numpy/core/tests/data";

describe.skipIf(!existsSync(TABLES))("NumPy's tables", () => {
  const float = (dtype: string, hex: string): number => {
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, BigInt(hex));
    return dtype === "np.float32" ? view.getFloat32(4) : view.getFloat64(0);
  };
  const IN_TABLES = ["exp", "expm1", "log", "log1p", "tanh", "sin", "cos"] as const;

  it.each(IN_TABLES)("agree on %s", (name) => {
    const text = readFileSync(`${TABLES}/umath-validation-set-${name}.csv`, "utf8");
    const lines = text.split("\n").map((line) => line.split(","));
    for (const dtype of ["float32", "float64"] as const) {
      const rows = lines
        .filter(([type]) => type === `np.${dtype}`)
        .map(([type, x, want]) => [float(type!, x!), float(type!, want!)]);
      expect(rows.length).toBeGreaterThan(50);
      for (const tier of TIERS) expect(wrong(name, dtype, tier, rows)).toEqual([]);
    }
  });
});
