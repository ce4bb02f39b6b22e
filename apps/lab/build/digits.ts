import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { writeIdx } from "@camada/interop";
import { loadMnist } from "@camada/interop/node";
import type { NDArray } from "camada";

/** How many digits the page learns from, and judges by, before it asks for the whole set. */
const FIRST = { train: 10_000, test: 2_000 } as const;

/** Compressing takes seconds: it is done once. */
const kept = fileURLToPath(new URL("../../../node_modules/.camada-digits", import.meta.url));

/**
 * MNIST as files that any static host serves, by their names: images and labels, each as an IDX file,
 * compressed; first some digits, with which a page can begin, then the rest.
 */
export function digitFiles(): Map<string, Buffer> {
  const names = (["first", "rest"] as const).flatMap((part) =>
    (["train", "test"] as const).flatMap((set) =>
      (["images", "labels"] as const).map((kind) => ({
        part,
        set,
        kind,
        name: `${part}-${set}-${kind}.idx.gz`,
      })),
    ),
  );
  if (!names.every(({ name }) => existsSync(join(kept, name)))) {
    mkdirSync(kept, { recursive: true });
    const all = loadMnist();
    for (const { part, set, kind, name } of names) {
      const array = all[set][kind] as NDArray;
      const range: [number, number] = part === "first" ? [0, FIRST[set]] : [FIRST[set], array.shape[0]!];
      writeFileSync(join(kept, name), gzipSync(writeIdx(array.slice(range) as NDArray)));
    }
  }
  return new Map(names.map(({ name }) => [name, readFileSync(join(kept, name))]));
}
