/** A sentence with its {blanks} filled in. */
export function filled(sentence: string, data: Readonly<Record<string, string | number>> = {}): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(data[name] ?? ""));
}
