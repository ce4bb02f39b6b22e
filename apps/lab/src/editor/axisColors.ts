import { palette } from "@camada/figures";
import { StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import { axisMarks } from "../figures/axisMarks.js";

/** Underlines the numbers of features and neurons as figures do, while they are written. */
export const axisColors = StateField.define<DecorationSet>({
  create: ({ doc }) => underlined(doc.toString()),
  update: (shown, { docChanged, state }) => (docChanged ? underlined(state.doc.toString()) : shown),
  provide: (field) => EditorView.decorations.from(field),
});

function underlined(code: string): DecorationSet {
  const ranges = axisMarks(code).map(({ from, to, mark }) =>
    Decoration.mark({ attributes: { style: palette.underline(mark) } }).range(from, to),
  );
  return Decoration.set(ranges, true);
}
