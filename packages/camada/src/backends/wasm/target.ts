import { NetworkError } from "../../errors/network.js";
import { Assembler } from "./assembler/index.js";
import { engine } from "./engine.js";
import { canBeWide } from "./wide.js";
import type { Target } from "./writer.js";

/**
 * Kinds of instructions, from the most common to the rarest: vectors of 128 bits that multiply and add one after
 * the other; "relaxed", which do both at once; and "wide", where the engine takes two vectors together (an
 * experiment of V8's in Node 24 and later, which is switched on just while a program is compiled, and only on request).
 */
export type Tier = (typeof TIERS)[number];
const TIERS = ["simd", "relaxed", "wide"] as const;

/** Tiers of which the engine takes small modules. What it does not take is asked again: flags may be set later. */
const offered = new Set<Tier>();

function isOffered(tier: Tier): boolean {
  if (!offered.has(tier) && engine()?.validate(usingVectors(tier)) === true) offered.add(tier);
  return offered.has(tier);
}

function usingVectors(tier: Tier): Uint8Array {
  const name = tier === "simd" ? "f32x4.pmax" : "f32x4.relaxed_madd";
  const params = new Array<"v128">(tier === "simd" ? 2 : 3).fill("v128");
  const assembler = new Assembler();
  assembler.function(null, params, ["v128"], (code) => {
    for (const i of params.keys()) code.get(i);
    code.op(name);
  });
  return assembler.build();
}

/** The tiers that can be asked for; "wide" is held to the plain one's bits when it is. */
export function tiersHere(): readonly Tier[] {
  return TIERS.filter((tier) => isOffered(tier) && (tier !== "wide" || canBeWide()));
}

/** The best tier that every program can use; undefined where there is none. */
export function defaultTier(): Tier | undefined {
  return tiersHere().findLast((tier) => tier !== "wide");
}

/** Whether programs can be compiled here: not where a page's policy forbids it, although the engine could. */
export function canCompile(): boolean {
  try {
    new (engine()!.Module)(usingVectors("simd"));
    return true;
  } catch {
    return false;
  }
}

/**
 * What programs of a tier are written with; of the best that every program can use unless it is given.
 * @throws CamadaError `backend.missing`, `backend.tier`, `value.choice`
 */
export function targetOf(tier?: Tier): Target {
  const best = defaultTier();
  if (best === undefined) throw new NetworkError("backend.missing");
  const chosen = tier ?? best;
  if (!TIERS.includes(chosen)) {
    throw new NetworkError("value.choice", {
      op: "wasmBackend",
      name: "tier",
      value: `'${tier}'`,
      known: TIERS,
    });
  }
  if (!tiersHere().includes(chosen)) throw new NetworkError("backend.tier", { tier: chosen });
  return { relaxed: chosen !== "simd", wide: chosen === "wide" };
}
