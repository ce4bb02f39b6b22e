import { readIdx } from "@camada/interop";
import { concatenate, type NDArray } from "camada";
import { inflate } from "../../data/inflate.js";
import type { Digits } from "./training.js";

/** No file of digits has more bytes. */
const MOST = 2 ** 26;

/** The digits that a page has: some at first, all of them when they are asked for. */
export interface Sets {
  readonly train: Digits;
  readonly test: Digits;
}

/** Fetches digits from the page's own host. `base` is the address of their folder. */
export async function fetchSets(base: string, whole: boolean): Promise<Sets> {
  const parts = whole ? ["first", "rest"] : ["first"];
  const set = async (name: "train" | "test"): Promise<Digits> => {
    const [images, labels] = await Promise.all(
      ["images", "labels"].map((kind) =>
        Promise.all(parts.map((part) => fetchIdx(new URL(`${part}-${name}-${kind}.idx.gz`, base)))),
      ),
    );
    const x = images!.map((array) => array.reshape([array.shape[0]!, -1]) as NDArray);
    return { x: joined(x).named("batch", "feature") as NDArray, y: joined(labels!) };
  };
  const [train, test] = await Promise.all([set("train"), set("test")]);
  return { train, test };
}

const joined = (arrays: readonly NDArray[]): NDArray =>
  arrays.length === 1 ? arrays[0]! : (concatenate(arrays as [NDArray, ...NDArray[]]) as NDArray);

async function fetchIdx(address: URL): Promise<NDArray> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address.pathname}: ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  // a host may have said that it is compressed, and then the browser has undone that
  const compressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const whole = compressed ? await inflate(bytes, MOST) : bytes;
  if (whole === null) throw new Error(`${address.pathname}: > ${MOST}`);
  return readIdx(whole);
}
