/** What a lesson's names are called in another of its languages. */
export type Names = Readonly<Record<string, string>>;

/**
 * Code with its variables called otherwise, as `lote` for `batch`; texts, properties after a dot and all other
 * words stay, so that `["batch"]` is still the axis of that name.
 */
export function rename(code: string, names: Names): string {
  const text = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/;
  const word = /(?<![\w$.])[A-Za-z_$][\w$]*/;
  return code.replace(new RegExp(`${text.source}|${word.source}`, "g"), (found) =>
    Object.hasOwn(names, found) ? names[found]! : found,
  );
}

/** What each name of one language is called in another, from what their cells make, one after the other. */
export function namesBetween(
  from: readonly { readonly id: string; readonly makes: readonly string[] }[],
  to: readonly { readonly id: string; readonly makes: readonly string[] }[],
): Names {
  const pairs = from.flatMap(({ id, makes }) => {
    const there = to.find((cell) => cell.id === id)?.makes ?? [];
    return there.length === makes.length ? makes.map((name, i) => [name, there[i]!] as const) : [];
  });
  return Object.fromEntries(pairs.filter(([name, other]) => name !== other));
}
