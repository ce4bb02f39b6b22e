import { gridPlaces, playgroundFigure, playgroundTable, tableHtml } from "@camada/figures";
import { array, type Language, type NDArray } from "camada";
import { say as word } from "../src/figures/messages/index.js";
import { DEFAULTS } from "../src/figures/playground/settings.js";
import { extentFor, judge, networkOf, pointsOf, SIDE, train } from "../src/figures/playground/training.js";
import { langs, say } from "../src/messages/index.js";
import { layout } from "./layout.js";
import { escape } from "./prose.js";

const EPOCHS = 60;

/** The playground, whose drawing without a script is that of a network trained while the page is made. */
export async function playgroundPage(lang: Language): Promise<string> {
  const title = say(lang, "playground.title");
  const points = pointsOf(DEFAULTS);
  const model = networkOf(DEFAULTS);
  const history = await train(model, points, DEFAULTS, EPOCHS);
  const extent = extentFor(DEFAULTS, points);
  const places = array(gridPlaces(extent, SIDE), ["batch", "feature"]) as unknown as NDArray;
  const { x, y } = points.train;
  const options = {
    points: x,
    labels: y,
    extent,
    regions: { side: SIDE, ...judge(model, places) },
    predicted: [...judge(model, x as unknown as NDArray).classes],
    layers: model.layers,
    curves: {
      series: [
        { label: word(lang, "play.training"), values: history.series("loss") },
        { label: word(lang, "play.test"), values: history.series("valLoss") },
      ],
      measure: word(lang, "play.loss"),
    },
    lang,
  };
  const alt = say(lang, "playground.alt", { epochs: EPOCHS });
  return layout({
    lang,
    title,
    description: say(lang, "playground.description"),
    place: { path: "playground/", has: langs },
    main: `<div class="part"><h1>${escape(title)}</h1>
<p>${escape(say(lang, "playground.text"))}</p></div>
<figure id="playground" class="playground" data-figure="playground"><div class="wide">${playgroundFigure({ ...options, description: alt, id: "playground-wide" })}</div>
<div class="narrow">${playgroundFigure({ ...options, description: alt, id: "playground-narrow", width: 350 })}</div>
<figcaption>${escape(alt)}
<details><summary>${say(lang, "figure.data")}</summary>${tableHtml(playgroundTable(options))}</details></figcaption></figure>
`,
    script: "src/playground.ts",
  });
}
