/// <reference types="node" />
import { spawn } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { configure } from "camada";
import { afterEach, describe, expect, it } from "vitest";
import { camada, Shell } from "../../../tests/commandLine.js";
import { adviceOf } from "./commands/doctor.js";
import type { Facts, Measure } from "./examination.js";

const MAIN = new URL("./main.ts", import.meta.url).pathname;
const NODE = Number.parseInt(process.versions.node, 10);

afterEach(() => configure({ lang: "en" }));

describe("camada doctor", () => {
  it("tells programs what there is, and measures each tier that runs here", { timeout: 60_000 }, async () => {
    const { out, error } = await camada(["doctor", "--json"]);
    expect(error).toBe("");
    const told = JSON.parse(out);
    expect(told).toMatchObject({
      platform: process.platform,
      cores: availableParallelism(),
      node: process.versions.node,
      backend: "wasm",
      sharesMemory: true,
      // V8 has relaxed instructions for everyone since 11.4, and takes vectors together as it should since 13.6
      tier: NODE < 22 ? "simd" : "relaxed",
      tiers: ["simd", ...(NODE < 22 ? [] : ["relaxed"]), ...(NODE < 24 ? [] : ["wide"])],
      wide: NODE < 24 ? "missing" : "right",
    });
    const products = (told.measures as Measure[]).filter((found) => found.measured === "product");
    expect(products.filter(({ threads }) => threads === 1).map(({ tier }) => tier)).toEqual(told.tiers);
    // between what a slow machine does in plain JavaScript and what no core reaches
    for (const { float32, float64 } of products) {
      expect(Math.min(float32, float64)).toBeGreaterThan(0.02);
      expect(Math.max(float32, float64)).toBeLessThan(2000);
    }
    const times = (told.measures as Measure[]).flatMap((found) => ("time" in found ? [found.time] : []));
    expect(times).toHaveLength(2);
    for (const time of times) expect(time).toBeGreaterThan(0.01);
  });

  it("tells people, in their language, line by line as it finds out", { timeout: 60_000 }, async () => {
    const { out } = await camada(["doctor"], "pt-BR", new Shell(200));
    const lines = out.replaceAll("medindo ...\r\u001b[K", "").replaceAll("\r\u001b[K", "").split("\n");
    expect(lines.slice(0, 3)).toEqual([
      expect.stringMatching(/^Máquina: .* núcleos$/),
      `Motor: Node.js ${process.versions.node}, V8 ${process.versions.v8}`,
      "Vetores de 128 bits em WebAssembly (simd): sim",
    ]);
    expect(lines).toContainEqual(expect.stringMatching(/^784-128-10, de compile .*: \d+\.\d\d ms$/));
    expect(lines).toContainEqual(
      expect.stringMatching(/^produtos .* simd, threads: 1; float32 \d+\.\d, float64 \d+\.\d GFLOP\/s$/),
    );
    expect(lines.at(-2)).toMatch(/^Conselho: /);
    expect(out).not.toMatch(/[{}]|undefined/);
  });

  it("ends at once by Ctrl-C, with what it has told until then", async () => {
    const child = spawn(process.execPath, [
      "--import",
      "tsx",
      "--conditions=camada-source",
      MAIN,
      ...["doctor", "--lang", "en"],
    ]);
    let out = "";
    child.stdout.on("data", (text) => {
      out += text;
      if (out.includes("Used where")) child.kill("SIGINT");
    });
    const [, signal] = await once(child, "close");
    expect(signal).toBe("SIGINT");
    expect(out).toMatch(/^Machine: /);
    expect(out).not.toContain("Advice");
  });
});

describe("its advice", () => {
  const facts = { tier: "relaxed", threads: 2 } as Facts;
  const product = (tier: "relaxed" | "wide", threads: number, float32: number): Measure => {
    return { measured: "product", tier, threads, float32, float64: float32 / 2 };
  };

  it.each([
    ["simd", { threads: 1, tier: undefined }, []],
    ["relaxed", { tier: "simd" as const }, []],
    ["threads", {}, [product("relaxed", 1, 60), product("wide", 1, 100), product("relaxed", 2, 61)]],
    ["wide", {}, [product("relaxed", 1, 60), product("wide", 1, 100), product("relaxed", 2, 110)]],
    ["none", {}, [product("relaxed", 1, 60), product("wide", 1, 61), product("relaxed", 2, 110)]],
  ])("is about %s", (about, other, measures) => {
    expect(adviceOf({ ...facts, ...other } as Facts, measures).about).toBe(about);
  });
});
