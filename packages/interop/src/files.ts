import { randomUUID } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { InteropError } from "./error.js";

/**
 * What a reader makes of a file's bytes: `fromFile("weights.npz", readNpz)`. What the reader refuses is refused
 * with the file's name.
 * @throws InteropError `file.read`, and what the reader throws
 * @example
 * fromFile("package.json", (bytes) => String.fromCharCode(bytes[0])); // {
 */
export function fromFile<T>(path: string, read: (bytes: Uint8Array) => T): T {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new InteropError("file.read", { file: path, reason: (error as Error).message });
  }
  try {
    return read(bytes);
  } catch (error) {
    if (error instanceof Error) error.message = `${path}: ${error.message}`;
    throw error;
  }
}

/**
 * Writes bytes to a file, whole or not at all: to another name in its folder first, which then takes the file's.
 * A file that was there stays as it was where anything fails.
 * @throws InteropError `file.write`
 */
export function toFile(path: string, bytes: Uint8Array): void {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = openSync(temporary, "wx");
    try {
      writeFileSync(file, bytes);
      // else, after a power cut, the new name could have no bytes
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new InteropError("file.write", { file: path, reason: (error as Error).message });
  }
}
