import {
  curvesFigure,
  curvesTable,
  type Extent,
  fromPlain,
  networkFigure,
  type PlainArray,
  placeIn,
  type RegionsOptions,
  regionsFigure,
  regionsTable,
  tableHtml,
} from "@camada/figures";
import { proxy, wrap } from "comlink";
import { button, h } from "../../dom.js";
import { startWorker } from "../../running/start.js";
import { onWidth, replaceAll } from "../dom.js";
import type { FigureOptions } from "../index.js";
import { say } from "../messages/index.js";
import { controlsOf } from "./controls.js";
import { ownPointsOf } from "./ownPoints.js";
import { programOf } from "./program.js";
import type { Frame, Log, News } from "./session.js";
import { DEFAULTS, fromQuery, MOST, type Settings, toQuery } from "./settings.js";
import type { Api } from "./worker.js";
import address from "./worker.ts?worker&url";

/** The playground: a network learns to part points of a plane, in a worker, while one looks and changes it. */
export function mount(figure: HTMLElement, { lang }: FigureOptions): () => void {
  const worker = startWorker(address, "playground");
  const remote = wrap<Api>(worker);
  let settings = fromQuery(location.search);
  let points: { readonly x: PlainArray; readonly y: PlainArray; readonly extent: Extent } | null = null;
  let frame: Frame | null = null;
  let logs: Log[] = [];
  let ended = "";
  let running = false;
  let widths = { plane: 420, side: 420 };
  /** Which opening of the worker is shown: news of those before come too late. */
  let opening = 0;

  const plane = h("div", { class: "plane" });
  const network = h("div", { class: "plane" });
  const curves = h("div", { class: "plane" });
  const status = h("p", { class: "status", role: "status" });
  const runner = button(say(lang, "play.run"), () => (running ? pause() : run()));
  const code = h("pre", { tabindex: 0, role: "group", "aria-label": say(lang, "play.program") });
  const program = h("details", { class: "program" }, h("summary", {}, say(lang, "play.program")), code);
  const table = h("div");
  const tables = h("details", {}, h("summary", {}, say(lang, "data")), table);

  const planeOptions = (): RegionsOptions | null =>
    points && {
      points: fromPlain(points.x),
      labels: fromPlain(points.y),
      extent: points.extent,
      ...(frame === null ? {} : { regions: frame.regions, predicted: frame.predicted }),
      lang,
      id: "playground-plane",
      width: widths.plane,
    };
  const curvesOptions = () => {
    // as many values as there is room for
    const every = Math.ceil(logs.length / 240);
    const kept = logs.filter((_, i) => (i + 1) % every === 0);
    const judged = kept[0]?.valLoss !== undefined;
    return {
      series: [
        { label: say(lang, "play.training"), values: kept.map(({ loss }) => loss) },
        ...(judged ? [{ label: say(lang, "play.test"), values: kept.map(({ valLoss }) => valLoss!) }] : []),
      ],
      every,
      measure: say(lang, "play.loss"),
      lang,
      id: "playground-curves",
      width: widths.side,
    };
  };

  const drawPlane = (): void => {
    const shown = planeOptions();
    if (shown !== null) plane.innerHTML = regionsFigure(shown);
  };
  const drawNetwork = (): void => {
    if (frame === null) return;
    const last = frame.layers.length - 1;
    const layers = frame.layers.map(({ weights, biases }, i) => ({
      weights: fromPlain(weights),
      biases: fromPlain(biases),
      ...(i === last ? { label: say(lang, "play.output") } : {}),
    }));
    network.innerHTML = networkFigure({ layers, lang, id: "playground-network" });
  };
  const drawCurves = (): void => {
    if (logs.some(({ loss }) => Number.isFinite(loss))) curves.innerHTML = curvesFigure(curvesOptions());
    else curves.replaceChildren();
  };
  const parts = [drawPlane, drawNetwork, drawCurves];
  let waiting: ReturnType<typeof setTimeout> | undefined;
  /** Draws a part at a time, each in a task of its own, so that the page stays at hand. */
  const draw = (): void => {
    describe();
    clearTimeout(waiting);
    const next = (part: number): void => {
      parts[part]!();
      if (part + 1 < parts.length) waiting = setTimeout(next, 0, part + 1);
    };
    waiting = setTimeout(next, 0, 0);
  };
  const describe = (): void => {
    const last = logs.at(-1);
    const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
    const facts = last && {
      epoch: frame?.epoch ?? 0,
      loss: last.loss.toPrecision(4),
      accuracy: percent(last.accuracy),
      valAccuracy: percent(last.valAccuracy ?? last.accuracy),
    };
    const said =
      facts === undefined
        ? say(lang, "play.ready")
        : say(lang, last!.valAccuracy === undefined ? "play.stateOwn" : "play.state", facts);
    // a reader of screens is told when it stands still, not many times a second
    status.setAttribute("aria-live", running ? "off" : "polite");
    status.replaceChildren(said, ...(ended === "" ? [] : [h("strong", { class: "ended" }, ended)]));
    runner.textContent = say(lang, running ? "play.pause" : "play.run");
  };
  const showTables = (): void => {
    const shown = planeOptions();
    if (!tables.open || shown === null) return;
    const curveTable = logs.length === 0 ? "" : tableHtml(curvesTable(curvesOptions()));
    table.innerHTML = tableHtml(regionsTable(shown)) + curveTable;
  };
  tables.addEventListener("toggle", showTables);
  const showProgram = (): void => {
    code.textContent = programOf(settings, Math.max(frame?.epoch ?? 0, 100));
  };

  const hear = (mine: number, news: News): void => {
    if (mine !== opening) return;
    if (news.kind === "points") points = news;
    else if (news.kind === "ended") {
      ended = news.words;
      running = false;
    } else {
      frame = news;
      logs.push(...news.logs);
    }
    draw();
    if (!running) {
      showTables();
      showProgram();
    }
  };
  const open = (): void => {
    const mine = ++opening;
    [points, frame, logs, ended, running] = [null, null, [], "", false];
    const query = toQuery(settings);
    history.replaceState(null, "", `${location.pathname}${query === "" ? "" : `?${query}`}${location.hash}`);
    own.element.hidden = settings.data !== "own";
    own.show(settings.own);
    showProgram();
    void remote.open(
      settings,
      lang,
      proxy((news: News) => hear(mine, news)),
    );
  };
  const run = (): void => {
    if (ended !== "") open();
    running = true;
    void remote.run();
    describe();
  };
  const pause = (): void => {
    running = false;
    void remote.pause();
    describe();
  };
  const step = (): void => {
    pause();
    void remote.step();
  };
  const change = (now: Settings): void => {
    settings = now;
    open();
  };

  const controls = controlsOf(lang, settings, change);
  const own = ownPointsOf(lang, (now) => change({ ...settings, own: now.slice(-MOST.own) }));
  plane.addEventListener("click", (event) => {
    const svg = plane.querySelector("svg");
    if (settings.data !== "own" || svg === null || points === null) return;
    const box = svg.getBoundingClientRect();
    const scale = svg.viewBox.baseVal.width / box.width;
    const place = placeIn(
      points.extent,
      widths.plane,
      (event.clientX - box.x) * scale,
      (event.clientY - box.y) * scale,
    );
    if (place === null) return;
    const [x, y] = place.map((value) => Math.round(value * 100) / 100) as [number, number];
    change({ ...settings, own: [...settings.own, [x, y, own.next()] as const].slice(-MOST.own) });
  });

  const copied = h("span", { role: "status" });
  const copy = async (text: string): Promise<void> => {
    await navigator.clipboard.writeText(text).then(
      () => copied.replaceChildren(say(lang, "play.copied")),
      () => copied.replaceChildren(say(lang, "play.notCopied")),
    );
  };
  const reset = (): void => {
    settings = { ...DEFAULTS, own: settings.own };
    controls.show(settings);
    open();
  };
  const save = (): void => {
    const address = URL.createObjectURL(new Blob([code.textContent!], { type: "text/typescript" }));
    h("a", { href: address, download: "playground.ts" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  };
  program.append(h("p", { class: "figure-tools" }, button(say(lang, "play.copy"), () => void copy(code.textContent!)), button(say(lang, "play.save"), save))); // biome-ignore format: one line
  const restore = replaceAll(
    figure,
    controls.element,
    h(
      "p",
      { class: "figure-tools" },
      runner,
      button(say(lang, "play.step"), step),
      button(say(lang, "play.again"), open),
      button(say(lang, "play.defaults"), reset),
      button(say(lang, "play.share"), () => void copy(location.href)),
      copied,
    ),
    status,
    h("div", { class: "stage" }, h("div", {}, plane, own.element, curves), h("div", {}, network)),
    program,
    tables,
  );
  const unwatch = [
    onWidth(plane, (width) => {
      widths = { ...widths, plane: Math.min(Math.max(width, 260), 520) };
      draw();
    }),
    onWidth(curves, (width) => {
      widths = { ...widths, side: Math.min(Math.max(width, 280), 640) };
      draw();
    }),
  ];
  open();
  return () => {
    worker.terminate();
    clearTimeout(waiting);
    for (const end of unwatch) end();
    restore();
  };
}
