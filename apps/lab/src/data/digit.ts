import type { Image } from "./look.js";

const SIDE = 28;
/** How large digits are within that. */
const BOX = 20;
/** Fainter ink does not count where the digit's edges are looked for. */
const FAINT = 0.2;

/**
 * An image as the digits of MNIST are (LeCun, Cortes, Burges, "The MNIST database of handwritten digits"): ink from
 * 0 to 255 on paper of 0, scaled to fit a box of 20 by 20 pixels, its center of mass in the middle of 28 by 28.
 * What is at the image's border is its paper, be it bright or dark. Null where there is no ink.
 */
export function digitPixels({ width, rgba }: Image): number[] | null {
  const height = rgba.length / 4 / width;
  const gray = Float64Array.from({ length: width * height }, (_, at) => {
    const [red, green, blue, opacity] = rgba.subarray(4 * at, 4 * at + 4) as unknown as [number, number, number, number]; // biome-ignore format: one line
    // what shows through is white
    return 255 - ((255 - (red + green + blue) / 3) * opacity) / 255;
  });
  const onBorder = (at: number): boolean =>
    at % width === 0 || at % width === width - 1 || at < width || at >= width * (height - 1);
  const border = gray.filter((_, at) => onBorder(at));
  const paper = border.reduce((sum, value) => sum + value, 0) / border.length;
  const ink = gray.map((value) => Math.max(0, paper > 127 ? paper - value : value - paper));
  const darkest = ink.reduce((most, value) => Math.max(most, value), 0);
  // paper that is nearly even has nothing on it
  if (darkest < 16) return null;
  let [left, right, top, bottom] = [width, 0, height, 0];
  ink.forEach((value, at) => {
    if (value < FAINT * darkest) return;
    const [row, column] = [Math.floor(at / width), at % width];
    [left, right] = [Math.min(left, column), Math.max(right, column + 1)];
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row + 1)];
  });
  const step = Math.max(right - left, bottom - top) / BOX;
  const fitted = Array.from({ length: SIDE * SIDE }, (_, at) => {
    const from = (place: number, first: number): number => first + (place - (SIDE - BOX) / 2) * step;
    const [y, x] = [from(Math.floor(at / SIDE), top), from(at % SIDE, left)];
    return (255 * mean(ink, width, [x, y, step], [left, right, top, bottom])) / darkest;
  });
  return centered(fitted);
}

/** The mean of the pixels that a square touches, paper beyond the edges. */
function mean(
  ink: Float64Array,
  width: number,
  [x, y, step]: readonly [number, number, number],
  [left, right, top, bottom]: readonly [number, number, number, number],
): number {
  let [sum, count] = [0, 0];
  for (let row = Math.floor(y); row < Math.max(y + step, Math.floor(y) + 1); row++) {
    for (let column = Math.floor(x); column < Math.max(x + step, Math.floor(x) + 1); column++) {
      const inside = column >= left && column < right && row >= top && row < bottom;
      sum += inside ? ink[row * width + column]! : 0;
      count++;
    }
  }
  return sum / count;
}

/** An image moved so that its ink's center of mass is the middle, as MNIST's are; null without ink. */
export function centered(pixels: ArrayLike<number>): number[] | null {
  let [ink, x, y] = [0, 0, 0];
  for (let f = 0; f < SIDE * SIDE; f++) {
    ink += pixels[f]!;
    x += pixels[f]! * (f % SIDE);
    y += pixels[f]! * Math.floor(f / SIDE);
  }
  if (ink === 0) return null;
  const [right, down] = [Math.round(SIDE / 2 - x / ink), Math.round(SIDE / 2 - y / ink)];
  return Array.from({ length: SIDE * SIDE }, (_, f) => {
    const [column, row] = [(f % SIDE) - right, Math.floor(f / SIDE) - down];
    const inside = column >= 0 && column < SIDE && row >= 0 && row < SIDE;
    return inside ? pixels[row * SIDE + column]! : 0;
  });
}
