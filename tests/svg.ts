import type { MatrixLike } from "@camada/figures";
import { expect } from "vitest";

/** What the tests of figures share: plain matrices, and a strict reader of markup. */

export const matrix = (
  values: readonly (readonly number[])[],
  names: readonly (string | null)[] | null = null,
): MatrixLike => ({
  shape: [values.length, values[0]?.length ?? 0],
  names,
  toArray: () => values,
});

export const vector = (values: readonly number[]): MatrixLike => ({
  shape: [values.length],
  names: null,
  toArray: () => values,
});

/** Tags nest and close, attributes are quoted and unique, no stray markup, ids unique. */
export function strict(svg: string) {
  const open: string[] = [];
  const ids = new Set<string>();
  const rest = svg.replace(
    /<(\/?)([a-zA-Z]+)((?: [\w:-]+="[^"<]*")*)(\/?)>/g,
    (_, close, name, attrs, empty) => {
      if (close) expect(open.pop()).toBe(name);
      else if (!empty) open.push(name);
      const id = / id="([^"]*)"/.exec(attrs)?.[1];
      if (id !== undefined) expect(ids.has(id)).toBe(false);
      if (id !== undefined) ids.add(id);
      return "";
    },
  );
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<]|&(?!(amp|lt|gt|quot|apos);)/);
}
