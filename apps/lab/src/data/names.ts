const RESERVED = new Set(
  "arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield console".split(
    " ",
  ),
);

/** What cells call a file, by its own name: `iris` for iris.csv, `wineQuality2` for "wine-quality.csv" where there is one. */
export function nameFor(file: string, taken: ReadonlySet<string>): string {
  const words = file
    .replace(/(\.[\w-]+)+$/, "")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((word, i) => (i === 0 ? word[0]!.toLowerCase() : word[0]!.toUpperCase()) + word.slice(1));
  const plain = words.join("").slice(0, 40);
  const name = /^[a-z]/.test(plain) && !RESERVED.has(plain) ? plain : `data${plain[0]?.toUpperCase() ?? ""}${plain.slice(1)}`; // biome-ignore format: one line
  for (let count = 1; ; count++) {
    const found = count === 1 ? name : `${name}${count}`;
    if (!taken.has(found)) return found;
  }
}
