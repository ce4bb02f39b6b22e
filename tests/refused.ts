import { CamadaError } from "camada";

/** The error that a call is refused with; fails where nothing is refused, or something else is thrown. */
export function refused(call: () => unknown): CamadaError {
  try {
    call();
  } catch (error) {
    if (error instanceof CamadaError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}
