import type { View } from "../../compile/view.js";
import type { Sizes } from "../../shape/shape.js";

/** Something for each view, found again by its buffer, its offset and how it steps. */
export class ByView<T> {
  private readonly found = new Map<View["buffer"], Map<string, T>>();

  of({ buffer, offset }: View, steps: Sizes, make: () => T): T {
    const ofBuffer = this.found.get(buffer) ?? new Map<string, T>();
    this.found.set(buffer, ofBuffer);
    const key = `${offset} ${steps.join()}`;
    const known = ofBuffer.get(key) ?? make();
    ofBuffer.set(key, known);
    return known;
  }
}
