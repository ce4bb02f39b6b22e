import { NetworkError } from "../errors/network.js";

/** A count of things, at least one. @throws CamadaError `value.integer`, `value.positive` */
export function checkCount(op: string, name: string, value: number): void {
  if (!Number.isInteger(value)) throw new NetworkError("value.integer", { op, name, value: String(value) });
  if (value < 1) throw new NetworkError("value.positive", { op, name, value });
}
