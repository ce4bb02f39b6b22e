import { h } from "../../dom.js";

const SIDE = 28;
/** How far from the pen's middle there is ink, in pixels. */
const PEN = 1.4;

/** A square of pixels from 0 to 255 to draw a digit on, with a finger or a mouse. */
export class Pad {
  readonly element = h("canvas", { width: SIDE, height: SIDE, class: "pad" });
  pixels = new Float64Array(SIDE * SIDE);
  private readonly changed: () => void;

  constructor(changed: () => void, label: string) {
    this.changed = changed;
    this.element.setAttribute("role", "img");
    this.element.setAttribute("aria-label", label);
    let last: readonly [number, number] | null = null;
    const place = (event: PointerEvent): [number, number] => {
      const box = this.element.getBoundingClientRect();
      return [((event.clientX - box.x) / box.width) * SIDE, ((event.clientY - box.y) / box.height) * SIDE];
    };
    this.element.addEventListener("pointerdown", (event) => {
      this.element.setPointerCapture(event.pointerId);
      last = place(event);
      this.stroke(last, last);
    });
    this.element.addEventListener("pointermove", (event) => {
      if (last === null) return;
      const now = place(event);
      this.stroke(last, now);
      last = now;
    });
    this.element.addEventListener("lostpointercapture", () => {
      last = null;
      this.changed();
    });
  }

  /** Shows an image; nothing is drawn on paper. */
  show(pixels: ArrayLike<number>): void {
    this.pixels = Float64Array.from(pixels);
    this.paint();
  }

  private stroke([x0, y0]: readonly [number, number], [x1, y1]: readonly [number, number]): void {
    const steps = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0) * 2));
    for (let step = 0; step <= steps; step++) {
      const [x, y] = [x0 + ((x1 - x0) * step) / steps, y0 + ((y1 - y0) * step) / steps];
      this.pixels.forEach((ink, f) => {
        const far = Math.hypot((f % SIDE) + 0.5 - x, Math.floor(f / SIDE) + 0.5 - y);
        this.pixels[f] = Math.max(ink, 255 * Math.min(Math.max(PEN + 0.5 - far, 0), 1));
      });
    }
    this.paint();
  }

  private paint(): void {
    const context = this.element.getContext("2d")!;
    const image = context.createImageData(SIDE, SIDE);
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    this.pixels.forEach((ink, f) => {
      image.data.set(dark ? [236, 236, 236, ink] : [28, 28, 28, ink], 4 * f);
    });
    context.putImageData(image, 0, 0);
  }
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
