/// <reference types="node" />
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeIdx } from "@camada/interop";
import { fromTypedArray, type NDArray, random } from "camada";

/** Writes 200 images to train on and 60 to test with, of four classes, in files called as MNIST's are. */
export function writeDigits(folder: string): void {
  for (const [set, count, seed] of [
    ["train", 200, 1],
    ["t10k", 60, 2],
  ] as const) {
    // biome-ignore format: two sets
    const { x, y } = images(count, seed);
    writeFileSync(join(folder, `${set}-images-idx3-ubyte`), writeIdx(x));
    writeFileSync(join(folder, `${set}-labels-idx1-ubyte`), writeIdx(y));
  }
}

/** Images of 4 x 4 pixels: noise, and a quarter a little brighter, which is the class. */
function images(count: number, seed: number) {
  const rng = random.defaultRng(seed);
  const y = rng.integers(0, 4, [count]).astype("uint8") as NDArray;
  const noise = rng.integers(0, 160, [count, 4, 4]);
  const pixels = Uint8Array.from(noise.data, (value, at) => {
    const [row, column] = [Math.floor((at % 16) / 8), Math.floor((at % 4) / 2)];
    return value + (2 * row + column === y.data[Math.floor(at / 16)] ? 60 : 0);
  });
  return { x: fromTypedArray(pixels, [count, 4, 4]) as NDArray, y };
}
