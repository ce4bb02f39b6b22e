import { CamadaError } from "../errors/error.js";

/** A count of things, at least one. @throws CamadaError `value.integer`, `value.positive` */
export function checkCount(op: string, name: string, value: number): void {
  if (!Number.isInteger(value)) throw new CamadaError("value.integer", { op, name, value: String(value) });
  if (value < 1) throw new CamadaError("value.positive", { op, name, value });
}
