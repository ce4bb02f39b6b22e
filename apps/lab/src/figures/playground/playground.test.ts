import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { programOf } from "./program.js";
import { type Frame, type News, Session } from "./session.js";
import {
  ACTIVATIONS,
  DEFAULTS,
  fromQuery,
  MOST,
  OPTIMIZERS,
  SETS,
  type Settings,
  toQuery,
} from "./settings.js";
import { networkOf, pointsOf, train } from "./training.js";

const root = join(import.meta.dirname, "../../../../..");
const own: Settings["own"] = [[-0.5, -0.5, 0], [0.5, 0.25, 1], [0, 0.75, 2], [0.25, -0.5, 1]]; // biome-ignore format: points

describe("settings", () => {
  const settings: fc.Arbitrary<Settings> = fc.record({
    data: fc.constantFrom(...SETS),
    noise: fc.double({ min: 0, max: 1, noNaN: true }),
    samples: fc.integer({ min: 12, max: MOST.samples }),
    layers: fc.array(fc.integer({ min: 1, max: MOST.neurons }), { maxLength: MOST.layers }),
    activation: fc.constantFrom(...ACTIVATIONS),
    optimizer: fc.constantFrom(...OPTIMIZERS),
    learningRate: fc.double({ min: 1e-6, max: 100, noNaN: true }),
    batchSize: fc.integer({ min: 1, max: 1024 }),
    l2: fc.double({ min: 0, max: 10, noNaN: true }),
    seed: fc.nat(),
    own: fc.array(fc.tuple(fc.double({ min: -10, max: 10, noNaN: true }), fc.double({ min: -10, max: 10, noNaN: true }), fc.nat(MOST.classes - 1)), { maxLength: 20 }), // biome-ignore format: points
  });

  test("are the same after they were an address", () => {
    // an address knows no -0
    const plain = (all: Settings) => JSON.parse(JSON.stringify(all));
    fc.assert(
      fc.property(settings, (all) => {
        expect(plain(fromQuery(toQuery(all)))).toEqual(plain(all));
      }),
    );
    expect(toQuery(DEFAULTS)).toBe("");
  });

  test("of any address can be trained with", () => {
    const text = fc.oneof(fc.string(), fc.constantFrom("1e999", "NaN", "-1", "99-99", "0_0_9", "1_2", "[]"));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(DEFAULTS)), text), (parts) => {
        const read = fromQuery(new URLSearchParams(parts as Record<string, string>).toString());
        expect(fromQuery(toQuery(read))).toEqual(read);
        expect(networkOf(read).layers.length).toBeGreaterThan(1);
      }),
    );
  });
});

describe("the program", () => {
  const folder = mkdtempSync(join(root, "node_modules/.playground-"));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("gives the playground's own numbers", async () => {
    const all: Settings[] = [
      { ...DEFAULTS, l2: 0.001 },
      { ...DEFAULTS, data: "blobs", layers: [], optimizer: "sgd", noise: 0.3 },
      { ...DEFAULTS, data: "circles", activation: "relu", layers: [4] },
      { ...DEFAULTS, data: "own", own },
    ];
    for (const settings of all) {
      const file = join(folder, `${settings.data}.mts`);
      writeFileSync(file, programOf(settings, 3));
      const printed = execFileSync(process.execPath, ["--import", "tsx", "--conditions=camada-source", file], { cwd: root, encoding: "utf8" }); // biome-ignore format: one call
      const history = await train(networkOf(settings), pointsOf(settings), settings, 3);
      const { loss, valLoss } = history.epochs.at(-1)!;
      expect(printed).toContain(`loss: ${loss}`);
      if (settings.data !== "own") expect(printed).toContain(`valLoss: ${valLoss}`);
    }
  });
});

describe("a session", () => {
  function opened(settings: Settings) {
    const news: News[] = [];
    const session = new Session(settings, (one) => news.push(structuredClone(one)));
    const frames = (): Frame[] => news.filter((one) => one.kind === "frame");
    return { session, news, frames, epoch: () => frames().at(-1)!.epoch };
  }

  test("shows the network before it has learnt, then takes one epoch at a time", async () => {
    const { session, news, frames, epoch } = opened(DEFAULTS);
    expect(news.map(({ kind }) => kind)).toEqual(["points", "frame"]);
    expect(frames()[0]!.regions.classes).toHaveLength(40 * 40);
    session.step();
    await vi.waitFor(() => expect(epoch()).toBe(1));
    session.step();
    session.step();
    await vi.waitFor(() => expect(epoch()).toBe(3));
    expect(frames().flatMap(({ logs }) => logs)).toHaveLength(3);
    session.close();
  });

  test("runs until it is paused", async () => {
    const { session, frames, epoch } = opened({ ...DEFAULTS, samples: 30 });
    session.run();
    await vi.waitFor(() => expect(epoch()).toBeGreaterThan(5), 5000);
    session.pause();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const stands = epoch();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(epoch()).toBe(stands);
    expect(frames().flatMap(({ logs }) => logs)).toHaveLength(stands);
    session.close();
  });

  test("says where training ran away, and why", async () => {
    const { session, news } = opened({ ...DEFAULTS, activation: "linear", optimizer: "sgd", learningRate: 100, layers: [16, 16, 16, 16] }); // biome-ignore format: wild
    session.run();
    await vi.waitFor(() => expect(news.at(-1)!.kind).toBe("ended"), 5000);
    expect((news.at(-1) as { words: string }).words).toMatch(/epoch|batch/);
  });

  test("refuses no points in words", async () => {
    const { news } = opened({ ...DEFAULTS, data: "own", own: [] });
    await vi.waitFor(() => expect(news.at(-1)!.kind).toBe("ended"));
  });
});
