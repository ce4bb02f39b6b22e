/** What a page is made of, in the order in which it is read. */
export type Item =
  | { readonly kind: "heading" | "prose"; readonly html: string }
  | { readonly kind: "cell"; readonly id: string; readonly html: string }
  | { readonly kind: "beside"; readonly of: string | null; readonly html: string };

/**
 * A page's parts, from heading to heading. In the HTML a figure stands where it is read; where the page is
 * wide it stands beside the column, from the row of its cell down to the next one or the part's end. Without a
 * cell there, a part's first figure has the first row, and later ones that of the text before them: so text is
 * not held up by what stands beside its heading.
 */
export function parts(items: readonly Item[]): string {
  const starts = items.flatMap(({ kind }, i) => (i === 0 || kind === "heading" ? [i] : []));
  return starts.map((start, i) => part(items.slice(start, starts[i + 1]))).join("");
}

function part(items: readonly Item[]): string {
  const column = items.filter(({ kind }) => kind !== "beside");
  if (column.length === items.length) return `<div class="part">\n${join(items)}</div>\n`;
  const starts: number[] = [];
  let read = 0;
  for (const item of items) {
    if (item.kind !== "beside") {
      read++;
      continue;
    }
    const cell = 1 + column.findIndex((other) => other.kind === "cell" && other.id === item.of);
    const last = starts.at(-1);
    // its cell may stand in the part before, and may have had a figure already
    starts.push(last === undefined ? Math.max(cell, 1) : Math.max(cell || read, last + 1));
  }
  // one row more than the column has takes what is left of a figure that is longer
  const rows = [...starts, column.length + 2];
  let placed = 0;
  const html = items.map((item) => {
    if (item.kind !== "beside") return item;
    const [from, to] = rows.slice(placed++);
    return { html: `<div class="beside" style="grid-row:${from}/${to}">${item.html}</div>\n` };
  });
  return `<div class="part open" style="--rows:${column.length}">\n${join(html)}</div>\n`;
}

const join = (items: readonly { readonly html: string }[]): string => items.map(({ html }) => html).join("");
