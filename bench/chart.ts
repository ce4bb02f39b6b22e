import { palette } from "@camada/figures";
import { isBusy, type Report, ratioText, type TaskReport } from "./report.js";

type Language = "en" | "pt-BR";

/** What the figure shows of a run: some tasks, from small to large, in its own words. */
const SHOWN: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  layers: { en: "the lesson's two layers", "pt-BR": "as duas camadas da lição" },
  "product-1024-float32": { en: "product, 1024 x 1024", "pt-BR": "produto, 1024 x 1024" },
  ...Object.fromEntries([1, 32, 128, 512].map((batch) => [`step-${batch}`, stepOf("784-128-10", batch)])),
  "wide-128": stepOf("784-512-512-10", 128),
  "convolution-32": {
    en: "step of two convolutions, batch 32",
    "pt-BR": "passo de duas convoluções, lote de 32",
  },
};

function stepOf(widths: string, batch: number) {
  return { en: `step of ${widths}, batch ${batch}`, "pt-BR": `passo de ${widths}, lote de ${batch}` };
}

const WORDS = {
  en: {
    title: "How long others take beside camada",
    axis: "a peer's time over camada's",
    busy: "rough: the machine was busy",
    description: "Others' times over camada's.",
  },
  "pt-BR": {
    title: "Quanto os outros demoram ao lado da camada",
    axis: "tempo do outro sobre o da camada",
    busy: "aproximado: a máquina estava ocupada",
    description: "Tempos dos outros sobre os da camada.",
  },
} as const;

const PEERS = [
  ["numpy", "NumPy"],
  ["torch", "PyTorch"],
  ["jax-js", "jax-js"],
  ["tfjs-wasm", "TensorFlow.js (wasm)"],
] as const;

const WIDTH = 720;
const LEFT = 290;
const RIGHT = 24;
const TOP = 54;
const ROW = 30;
/** Marks of a row stand a little below one another, so that none hides another. */
const APART = 5;

/**
 * A row for each task, and on it a mark for each peer where its time stands to camada's, on a logarithmic axis:
 * right of the line at 1 a peer takes longer. Of a peer's entries with more and fewer threads the faster counts.
 */
export function chart(report: Report, lang: Language): string {
  const words = WORDS[lang];
  const rows = Object.entries(SHOWN).flatMap(([id, titles]) => {
    const task = report.tasks.find((one) => one.id === id);
    if (task === undefined) return [];
    return [{ title: titles[lang], ratios: PEERS.map(([peer]) => ratioTo(task, peer)) }];
  });
  const all = [1, ...rows.flatMap(({ ratios }) => ratios.filter((ratio) => ratio !== undefined))];
  const low = Math.floor(Math.log10(Math.min(...all)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...all))));
  const x = (ratio: number) => LEFT + ((Math.log10(ratio) - low) / (high - low)) * (WIDTH - LEFT - RIGHT);
  const bottom = TOP + rows.length * ROW;
  const powers = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));

  const axis = powers.map((power) => {
    const kind = power === 1 ? "one" : "grid";
    return `<path class="${kind}" d="M${x(power)} ${TOP - 8}V${bottom}"/>${text(x(power), bottom + 18, "middle", `${power}`)}`;
  });
  const marks = rows.map(({ title, ratios }, row) => {
    const y = TOP + (row + 0.5) * ROW;
    const found = ratios.map((ratio, i) =>
      ratio === undefined ? "" : mark(x(ratio), y + (i - 1.5) * APART, i),
    );
    return `<path class="row" d="M${LEFT} ${y}H${WIDTH - RIGHT}"/>${text(LEFT - 12, y + 5, "end", title)}${found.join("")}`;
  });
  const legend = PEERS.map(
    ([, name], i) => `${mark(16 + i * 130, 18, i)}${text(28 + i * 130, 23, "start", name)}`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" lang="${lang}" role="img" aria-labelledby="t d" viewBox="0 0 ${WIDTH} ${bottom + 46}">
<title id="t">${words.title}</title>
<desc id="d">${escaped(`${words.description} ${described(rows)}`)}</desc>
<style>${STYLE}</style>
${[...legend, ...axis, ...marks].join("\n")}
${text(WIDTH / 2, bottom + 38, "middle", isBusy(report) ? `${words.axis} (${words.busy})` : words.axis)}
</svg>
`;
}

const [ink, quiet] = [palette.inks.ink, palette.inks.quiet];
const STYLE = [
  `text{font:14px system-ui,sans-serif;fill:${ink[0]}}.grid,.row{stroke:${quiet[0]};stroke-opacity:.35}`,
  `.one{stroke:${ink[0]};stroke-width:2}`,
  `@media (prefers-color-scheme:dark){text{fill:${ink[1]}}.grid,.row{stroke:${quiet[1]}}.one{stroke:${ink[1]}}}`,
].join("");

function ratioTo({ outcomes }: TaskReport, peer: string): number | undefined {
  const ours = outcomes[0]?.median;
  const times = outcomes.flatMap(({ label, median }) => (label.split(":")[0] === peer ? (median ?? []) : []));
  return ours === undefined || times.length === 0 ? undefined : Math.min(...times) / ours;
}

function described(rows: readonly { title: string; ratios: readonly (number | undefined)[] }[]): string {
  const lines = rows.map(({ title, ratios }) => {
    const parts = ratios.flatMap((ratio, i) =>
      ratio === undefined ? [] : `${PEERS[i]![1]} ${ratioText(ratio)}`,
    );
    return `${title}: ${parts.join(", ")}`;
  });
  return `${lines.join("; ")}.`;
}

function mark(x: number, y: number, i: number): string {
  const { color, marker } = palette.seriesStyle(i);
  return `<path transform="translate(${x.toFixed(1)} ${y})" fill="${color}" d="${marker}"/>`;
}

function text(x: number, y: number, anchor: "start" | "middle" | "end", content: string): string {
  return `<text x="${x.toFixed(1)}" y="${y}" text-anchor="${anchor}">${escaped(content)}</text>`;
}

const escaped = (content: string) => content.replace(/&/g, "&amp;").replace(/</g, "&lt;");
