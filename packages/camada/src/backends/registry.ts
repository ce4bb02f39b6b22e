import { NetworkError } from "../errors/network.js";
import type { Backend } from "./backend.js";
import { reference } from "./reference/index.js";
import { wasm } from "./wasm/index.js";

const BACKENDS: ReadonlyMap<string, Backend> = new Map(
  [wasm, reference].map((backend) => [backend.name, backend]),
);

/** The name of a backend, or one of somebody's own. */
export type BackendChoice = "wasm" | "reference" | Backend;

let current: Backend = reference;

/** Makes a backend the one that is used where none is asked for. @throws CamadaError `backend.unknown` */
export function useBackend(choice: BackendChoice): void {
  current = chooseBackend(choice);
}

/** The backend asked for, or the current one. @throws CamadaError `backend.unknown` */
export function chooseBackend(choice: BackendChoice | undefined): Backend {
  if (choice === undefined) return current;
  if (typeof choice !== "string") return choice;
  const found = BACKENDS.get(choice);
  if (found === undefined) {
    throw new NetworkError("backend.unknown", { backend: choice, known: [...BACKENDS.keys()] });
  }
  return found;
}
