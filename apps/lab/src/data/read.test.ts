import { gzipSync } from "node:zlib";
import { writeIdx } from "@camada/interop";
import { array, configure, type NDArray } from "camada";
import { describe, expect, it } from "vitest";
import { digitPixels } from "./digit.js";
import { lookAt } from "./look.js";
import { nameFor } from "./names.js";
import { tablePoints } from "./points.js";
import { LIMITS, type OwnTable, readOwn, typeOf, valueOf } from "./read.js";

configure({ lang: "en" });
const text = (content: string) => new Blob([content]);
const table = async (content: string | Blob, target: string | null = null) =>
  (await readOwn(typeof content === "string" ? text(content) : content, target, "en")) as OwnTable;

const PETS = "height,color,kind\n1,red,a\n3,blue,b\n,red,a\n2,red,\n";

describe("a table of the reader's", () => {
  it("is what a network learns from and what it learns, and its columns as they are", async () => {
    const own = await table(PETS);
    const value = valueOf(own) as { x: NDArray; y: NDArray; columns: { color: string[]; height: NDArray } };
    expect(value.x.shape).toEqual([3, 4]);
    expect(value.y.toArray()).toEqual([0, 1, 0]);
    expect(value.columns.color).toEqual(["red", "blue", "red", "red"]);
    expect(String(value.columns.height)).toBe("[ 1.  3. nan  2.]");
    expect(value).toMatchObject({ features: ["height", "height?", "color=blue", "color=red"], classes: ["a", "b"] }); // biome-ignore format: one line
    expect(own.notes).toEqual(["x and y leave out 1 rows, in which 'kind' is missing."]);
    expect(typeOf(own)).toContain('readonly x: import("camada").NamedArray<[3, 4], ["batch", "feature"]>');
  });

  it("learns another column where it is asked, and says where none can be", async () => {
    const other = await table(PETS, "color");
    expect(other.learning!.preparation.target.column).toBe("color");
    const gone = await table(PETS, "no such column");
    expect(gone.learning!.preparation.target.column).toBe("kind");
    const none = await table("a\n1\n2\n3\n");
    expect(none.learning).toBeNull();
    expect(none.notes[0]).toContain("beside 'a' no column is left");
    expect(Object.keys(valueOf(none) as object)).toEqual(["columns"]);
  });

  it("is read in the other way that is left", async () => {
    const numbers = await table("1,2\n3,5\n4,7\n");
    expect(numbers.table.columns.map(({ name }) => name)).toEqual(["column1", "column2"]);
    expect(numbers.table.rows).toBe(3);
    expect(numbers.notes[0]).toContain("column1");
    const latin = await table(new Blob([Buffer.from("n;cão\n1,5;não\n2;sim\n", "latin1")]));
    expect(latin.table.columns.map(({ name }) => name)).toEqual(["n", "cão"]);
    expect(latin.notes[0]).toContain("windows-1252");
  });

  it("has any words as names of columns", async () => {
    const own = await table('__proto__,"a ""b"" ]"\n1,2\n3,4\n5,5\n');
    const { columns } = valueOf(own) as { columns: Record<string, NDArray> };
    expect(Object.keys(columns)).toEqual(["__proto__", 'a "b" ]']);
    expect(typeOf(own)).toContain('readonly "a \\"b\\" ]": ');
  });

  it.each([
    ["<!doctype html><p>log in", "web page"],
    ["a,b\n1,2\n1,2,3\n", "row 3 has 3 fields"],
    ["", "empty"],
    [`a,b\n${'"'.repeat(3)}x\n`, "quote"],
    [Array.from({ length: LIMITS.columns + 1 }, (_, i) => `c${i}`).join(","), "more than 1000"],
  ])("is refused in words: %#", async (content, words) => {
    await expect(readOwn(text(content), null, "en")).rejects.toThrow(words);
  });

  it("is refused where it is too large, inflated too, or damaged", async () => {
    const zeros = Buffer.alloc(LIMITS.bytes + 1);
    await expect(readOwn(new Blob([zeros]), null, "pt-BR")).rejects.toThrow("Tem mais de 64 MiB");
    await expect(readOwn(new Blob([gzipSync(zeros)]), null, "en")).rejects.toThrow("more than 64 MiB");
    const cut = gzipSync("a,b\n1,2\n").subarray(0, 20);
    await expect(readOwn(new Blob([cut]), null, "en")).rejects.toThrow("damaged");
  });
});

describe("arrays of the reader's", () => {
  const digits = writeIdx(array([[1, 2], [3, 4]], undefined, { dtype: "uint8" }) as NDArray); // biome-ignore format: one line

  it.each([digits, gzipSync(digits)])("are read from IDX, compressed or not: %#", async (bytes) => {
    const own = await readOwn(new Blob([new Uint8Array(bytes)]), null, "en");
    expect((valueOf(own) as NDArray).toArray()).toEqual([[1, 2], [3, 4]]); // biome-ignore format: one line
    expect(typeOf(own)).toBe('import("camada").NDArray<[2, 2]>');
    expect(lookAt(own, "d.idx", "d", "en")).toMatchObject({ printed: "[[1 2]\n [3 4]]", uses: [["d", "(2, 2)"]] }); // biome-ignore format: one line
  });
});

describe("an image of the reader's", () => {
  // red and green above blue and nearly black, compressed by Python's zlib
  const base64 =
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAE0lEQVR4nGP4z8DAAMIM/zk52AEaJgMWqohR0gAAAABJRU5ErkJggg==";

  it("is an array of rows, columns and channels, and is drawn as it is", async () => {
    const own = await readOwn(new Blob([Buffer.from(base64, "base64")]), null, "en");
    expect(typeOf(own)).toBe('import("camada").NamedArray<[2, 2, 3], ["row", "column", "channel"]>');
    const { image } = lookAt(own, "small.png", "small", "en");
    expect(image!.width).toBe(2);
    expect([...image!.rgba]).toEqual([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 9, 8, 7, 255]);
  });
});

describe("what the page shows", () => {
  it("says kinds, what is missing and the first rows, in the reader's language", async () => {
    const look = lookAt(await table(PETS), "pets.csv", "pets", "pt-BR");
    expect(look.about).toBe("pets.csv: uma tabela de 4 linhas e 3 colunas.");
    expect(look.table!.columns).toEqual(["coluna", "height", "color", "kind"]);
    expect(look.table!.rows.slice(0, 3)).toEqual([
      ["tipo", "números", "categorias", "categorias"],
      ["faltam", "1", "0", "1"],
      ["linha 1", "1", "red", "a"],
    ]);
    expect(look.table!.rows[4]).toEqual(["linha 3", "–", "red", "a"]);
    expect(look.uses[1]).toEqual(["pets.y", "(batch 3): rótulos, 0 a, 1 b"]);
  });
});

describe("a file's name in cells", () => {
  it.each([
    ["iris.csv", "iris"],
    ["Wine quality (red).csv", "wineQualityRed"],
    ["preços-de-maçã.tsv", "precosDeMaca"],
    ["2024.csv", "data2024"],
    ["class.csv", "dataClass"],
    ["日本.csv", "data"],
    ["t10k-images.idx3-ubyte.gz", "t10kImages"],
    ["batch.csv", "batch2"],
  ])("%s: %s", (file, name) => {
    expect(nameFor(file, new Set(["batch"]))).toBe(name);
  });
});

describe("points of a table", () => {
  const flowers = "length,width,kind,hue\n1,0.2,a,0\n5,2.2,b,1\n3,1.2,b,1\n,1,a,0\n";

  it("are two columns brought to −1 to 1, and a class", async () => {
    const { table: rows } = await table(flowers);
    const found = tablePoints(rows, { label: "kind" }, 200, 4)!;
    expect(found.points).toEqual([[-1, -1, 0], [1, 1, 1], [0, 0, 1]]); // biome-ignore format: points
    expect(found).toMatchObject({ rows: 4, classes: ["a", "b"], numbers: ["length", "width", "hue"] });
    expect(found.labels).toContain("hue");
    const other = tablePoints(rows, { x: "width", y: "hue", label: "kind" }, 200, 4)!;
    expect(other.points.at(-1)).toEqual([-0.2, -1, 0]);
  });

  it("are some of many, from all of the table, and none where there are no columns for them", async () => {
    const many = Array.from({ length: 1000 }, (_, i) => `${i},${i % 7},${i < 500 ? "a" : "b"}`).join("\n");
    const { table: rows } = await table(`x,y,kind\n${many}\n`);
    const { points } = tablePoints(rows, {}, 200, 4)!;
    expect(points).toHaveLength(200);
    expect(points.filter(([, , label]) => label === 0)).toHaveLength(100);
    for (const text of ["a,b\n1,x\n2,y\n", "a,b,c\n1,2,3\n2,3,4\n3,4,5\n4,5,6\n5,6,7\n"]) {
      expect(tablePoints((await table(text)).table, {}, 200, 4)).toBeNull();
    }
    expect(tablePoints((await table("a,b,c\n2,2,u\n2,3,v\n")).table, {}, 200, 4)!.points[0]).toEqual([
      0, -1, 0,
    ]);
  });
});

describe("a digit in an image", () => {
  /** A bar of ink on paper, so high and wide, at a place of a larger image. */
  const image = (ink: number, paper: number) => {
    const [width, height] = [90, 120];
    const rgba = new Uint8ClampedArray(4 * width * height);
    for (let at = 0; at < width * height; at++) {
      const [row, column] = [Math.floor(at / width), at % width];
      const inked = row >= 10 && row < 70 && column >= 40 && column < 55;
      rgba.set([...new Array(3).fill(inked ? ink : paper), 255], 4 * at);
    }
    return { width, rgba };
  };

  it.each([
    ["dark on bright", 20, 240],
    ["bright on dark", 250, 5],
    ["pale", 150, 200],
  ])("is fitted and centered as MNIST's are: %s", (_, ink, paper) => {
    const pixels = digitPixels(image(ink, paper))!;
    const inked = pixels.flatMap((value, at) => (value > 0 ? [[Math.floor(at / 28), at % 28] as const] : []));
    const [rows, columns] = [0, 1].map((axis) => inked.map((place) => place[axis]!));
    // 60 by 15 pixels become 20 by 5, whose middle lies half a pixel from 14, 14
    expect([Math.min(...rows!), Math.max(...rows!)]).toEqual([5, 24]);
    expect(Math.max(...columns!) - Math.min(...columns!)).toBe(4);
    expect(Math.abs(Math.min(...columns!) + 2 - 14)).toBeLessThanOrEqual(0.5);
    expect(Math.max(...pixels)).toBeCloseTo(255, 6);
  });

  it("is not there where all is even", () => {
    expect(digitPixels(image(200, 205))).toBeNull();
  });
});
