import type { palette } from "@camada/figures";
import { parser } from "@lezer/javascript";

/** A number in code that belongs to a feature or a neuron: where it stands, and to which. */
export interface AxisMark {
  readonly from: number;
  readonly to: number;
  readonly mark: palette.Mark;
}

type Node = ReturnType<typeof parser.parse>["topNode"];

const typescript = parser.configure({ dialect: "ts" });

/**
 * The numbers in calls like `array([[1, 2], [3, 4]], ["neuron", "feature"])` that belong to a feature or a neuron, as
 * their axes are named: in code they get the color and the dash that they have in figures. Where both are named,
 * the neuron wins, as it does there.
 */
export function axisMarks(code: string): AxisMark[] {
  const marks: AxisMark[] = [];
  const text = ({ from, to }: Node): string => code.slice(from, to);
  typescript.parse(code).iterate({
    enter: ({ node }) => {
      if (node.name !== "CallExpression" || node.firstChild === null || text(node.firstChild) !== "array")
        return;
      const [values, names] = items(node.getChild("ArgList"));
      if (values?.name !== "ArrayExpression" || names?.name !== "ArrayExpression") return;
      const axes = items(names).map((name) => text(name).slice(1, -1));
      const axis = ["neuron", "feature"].map((kind) => axes.indexOf(kind)).find((at) => at >= 0);
      if (axis === undefined) return;
      const kind = axes[axis] as palette.Mark["kind"];
      const visit = (value: Node, path: readonly number[]): void => {
        const at = path[axis];
        if (value.name !== "ArrayExpression") {
          if (at !== undefined) marks.push({ from: value.from, to: value.to, mark: { kind, at } });
          return;
        }
        for (const [i, item] of items(value).entries()) visit(item, [...path, i]);
      };
      visit(values, []);
    },
  });
  return marks;
}

/** What stands between the commas of a list. */
function items(list: Node | null): Node[] {
  const found: Node[] = [];
  for (let child = list?.firstChild ?? null; child !== null; child = child.nextSibling) {
    if (!/^[[\](),]$|Comment/.test(child.name)) found.push(child);
  }
  return found;
}
