import { NetworkError } from "../errors/network.js";

/** Refuses what is not a number above 0. @throws CamadaError `value.positive` */
export function checkPositive(op: string, name: string, value: number): void {
  if (!(value > 0)) throw new NetworkError("value.positive", { op, name, value: String(value) });
}

/** Refuses a share outside [0, 1). @throws CamadaError `value.rate` */
export function checkRate(op: string, name: string, value: number): void {
  if (!(value >= 0 && value < 1)) throw new NetworkError("value.rate", { op, name, value: String(value) });
}
