export { type ConfusionOptions, confusionTable, confusionText } from "./confusion.js";
export { confusionFigure } from "./confusionFigure.js";
export { type CurvesOptions, curvesTable, type Series } from "./curves.js";
export { curvesFigure } from "./curvesFigure.js";
export { curvesText } from "./curvesText.js";
export { type FigureCode, FigureError } from "./error.js";
export { type Factor, type Formula, formulaHtml, formulaText } from "./formula.js";
export { fromPlain, type MatrixLike, type PlainArray, type Table, toPlain } from "./matrix.js";
export { type MatrixOptions, matrixFigure, matrixTable } from "./matrixFigure.js";
export type { Lang } from "./messages/index.js";
export {
  type LayerLike,
  type NetworkOptions,
  networkFormula,
  networkTable,
  networkText,
  neuronRows,
  type Place,
  type ValuedNetwork,
  weightFormula,
} from "./network.js";
export { networkFigure } from "./networkFigure.js";
export * as palette from "./palette.js";
export { type PlaygroundOptions, playgroundFigure, playgroundTable, playgroundText } from "./playground.js";
export { type ProductOptions, productFormula, productTable } from "./product.js";
export { productFigure } from "./productFigure.js";
export { productText } from "./productText.js";
export {
  decisionsOf,
  type Extent,
  extentOf,
  gridPlaces,
  mostClasses,
  type Regions,
  type RegionsOptions,
  regionsOf,
  regionsTable,
  regionsText,
} from "./regions.js";
export { placeIn, regionsFigure } from "./regionsFigure.js";
export {
  type Response,
  type Strokes,
  type StrokesOptions,
  strokesOf,
  strokesTable,
  strokesText,
} from "./strokes.js";
export { contributionsFigure, strokesFigure } from "./strokesFigure.js";
export {
  type Measure,
  measures,
  type ResultLike,
  type RunLike,
  type StudyFigureOptions,
  studyTable,
  studyTableText,
} from "./study.js";
export { type GrowingLike, type StudyCurvesOptions, studyCurves } from "./studyCurves.js";
export { studyFigure } from "./studyFigure.js";
export type { Theme } from "./svg.js";
export { tableHtml } from "./table.js";
