/// <reference types="node" />
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hasNumPy, numpy } from "./numpy.js";

const FIXTURES = new URL("./fixtures/", import.meta.url);

/**
 * What NumPy makes of `cases`: asked now where there is a NumPy, else as it was recorded. The cases must
 * be the same every time (seeded). `RECORD=1 npm test -- oracle` writes the record anew.
 */
export function expected<T>(name: string, script: string, cases: readonly unknown[]): readonly T[] {
  const file = new URL(`${name}.json`, FIXTURES);
  if (!hasNumPy) {
    if (!existsSync(file)) throw new Error(`no NumPy here, and no record of it in ${file.pathname}`);
    return revive(readFileSync(file, "utf8")) as readonly T[];
  }
  const results = numpy<T[]>(script, cases);
  if (process.env["RECORD"]) {
    mkdirSync(FIXTURES, { recursive: true });
    writeFileSync(file, `${JSON.stringify(results, mark)}\n`);
  }
  return results;
}

function mark(_: string, value: unknown): unknown {
  if (typeof value !== "number" || (Number.isFinite(value) && !Object.is(value, -0))) return value;
  return { $float: Object.is(value, -0) ? "-0" : String(value) };
}

function revive(text: string): unknown {
  return JSON.parse(text, (_, value) =>
    typeof value === "object" && value !== null && "$float" in value ? Number(value.$float) : value,
  );
}
