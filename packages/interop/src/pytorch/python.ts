/** Plain data as Python writes it. */
export function literal(data: unknown): string {
  if (data === null) return "None";
  if (data === true) return "True";
  if (data === false) return "False";
  if (Array.isArray(data)) return `[${data.map(literal).join(", ")}]`;
  if (typeof data === "object") {
    return `{${Object.entries(data).map(([key, value]) => `${literal(key)}: ${literal(value)}`).join(", ")}}`; // biome-ignore format: one line
  }
  // numbers are written alike, and texts too: JSON's escapes are among Python's, surrogates in pairs apart
  return typeof data === "string" ? stringLiteral(data) : String(data);
}

function stringLiteral(text: string): string {
  const escaped = Array.from(text, (character) => {
    const code = character.codePointAt(0)!;
    if (character === '"' || character === "\\") return `\\${character}`;
    if (code >= 0x20 && code < 0x7f) return character;
    return `\\U${code.toString(16).padStart(8, "0")}`;
  });
  return `"${escaped.join("")}"`;
}
