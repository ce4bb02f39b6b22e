/** A binary that grows at its end: numbers as WebAssembly writes them (Core Specification 2.0, section 5.2). */
export class Bytes {
  private held = new Uint8Array(256);
  private view = new DataView(this.held.buffer);
  private used = 0;

  get length(): number {
    return this.used;
  }

  byte(value: number): this {
    this.reserve(1);
    this.held[this.used++] = value;
    return this;
  }

  append(bytes: ArrayLike<number>): this {
    this.reserve(bytes.length);
    this.held.set(bytes, this.used);
    this.used += bytes.length;
    return this;
  }

  /** A whole number from 0 to 2^32 - 1, in LEB128. */
  unsigned(value: number): this {
    for (; value > 127; value >>>= 7) this.byte((value & 127) | 128);
    return this.byte(value);
  }

  /** A whole number of 32 bits with a sign, in LEB128. */
  signed(value: number): this {
    for (; value < -64 || value > 63; value >>= 7) this.byte((value & 127) | 128);
    return this.byte(value & 127);
  }

  /** A whole number of 64 bits with a sign, in LEB128. */
  signed64(value: bigint): this {
    for (; value < -64n || value > 63n; value >>= 7n) this.byte(Number(value & 127n) | 128);
    return this.byte(Number(value & 127n));
  }

  float32(value: number): this {
    this.reserve(4);
    this.view.setFloat32(this.used, value, true);
    this.used += 4;
    return this;
  }

  float64(value: number): this {
    this.reserve(8);
    this.view.setFloat64(this.used, value, true);
    this.used += 8;
    return this;
  }

  /** A string, or a vector of bytes: the length, then the bytes. */
  vector(bytes: Uint8Array): this {
    return this.unsigned(bytes.length).append(bytes);
  }

  name(text: string): this {
    return this.vector(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
  }

  /** What has been written: a view, until more is. */
  done(): Uint8Array<ArrayBuffer> {
    return this.held.subarray(0, this.used);
  }

  private reserve(more: number): void {
    if (this.used + more <= this.held.length) return;
    const larger = new Uint8Array(Math.max(this.held.length * 2, this.used + more));
    larger.set(this.held);
    this.held = larger;
    this.view = new DataView(larger.buffer);
  }
}
