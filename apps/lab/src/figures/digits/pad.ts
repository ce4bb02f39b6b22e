import { palette } from "@camada/figures";
import { h } from "../../dom.js";
import { arrow } from "../dom.js";

const SIDE = 28;
/** How far from the pen's middle there is ink, in pixels. */
const PEN = 1.4;
/** The pen that keys move, on paper of either theme. */
const PEN_INK = palette.features[1];

/** A square of pixels from 0 to 255 to draw a digit on, with a finger or a mouse, or with a pen that keys move. */
export class Pad {
  readonly element = h("canvas", { width: SIDE, height: SIDE, class: "pad" });
  pixels = new Float64Array(SIDE * SIDE);
  private readonly changed: () => void;
  /** Where keys have moved the pen, and whether it is on the paper. */
  private pen = { x: SIDE / 2, y: SIDE / 2, down: false };

  /** `changed` is told when a stroke ends, `onPen` when a key puts the pen down or lifts it. */
  constructor(changed: () => void, onPen: (down: boolean) => void, label: string) {
    this.changed = changed;
    this.element.tabIndex = 0;
    this.element.setAttribute("role", "application");
    this.element.setAttribute("aria-label", label);
    const lift = (): void => {
      this.pen.down = false;
      this.changed();
    };
    this.element.addEventListener("keydown", (event) => {
      const { x, y, down } = this.pen;
      const way = arrow(event);
      if (way !== null) {
        const within = (at: number): number => Math.min(Math.max(at, 0.5), SIDE - 0.5);
        this.pen = { x: within(x + way[1]), y: within(y + way[0]), down };
        if (down) this.stroke([x, y], [this.pen.x, this.pen.y]);
      } else if (event.key === " ") {
        this.pen.down = !down;
        onPen(!down);
        if (down) lift();
        else this.stroke([x, y], [x, y]);
      } else return;
      event.preventDefault();
      this.paint();
    });
    this.element.addEventListener("focus", () => this.paint());
    this.element.addEventListener("blur", () => {
      if (this.pen.down) lift();
      this.paint();
    });
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
    if (!this.element.matches(":focus-visible")) return;
    // the pen: a frame while it is up, a dot while it is down
    const { x, y, down } = this.pen;
    context.fillStyle = context.strokeStyle = PEN_INK;
    if (down) context.fillRect(Math.floor(x) - 1, Math.floor(y) - 1, 3, 3);
    else context.strokeRect(Math.floor(x) - 1.5, Math.floor(y) - 1.5, 4, 4);
  }
}
