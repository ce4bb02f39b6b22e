/**
 * A value as a lesson's console shows it: arrays as NumPy prints them, text as it is, and JavaScript's own
 * lists and records as one writes them.
 *
 * @example
 * show([3, "a", { size: 2 }]); // [3, 'a', { size: 2 }]
 */
export function show(value: unknown): string {
  return typeof value === "string" ? value : inspect(value, []);
}

function inspect(value: unknown, within: readonly object[]): string {
  if (typeof value === "string") return `'${value}'`;
  if (typeof value !== "object" || value === null) return String(value);
  if (within.includes(value)) return "...";
  const inner = (part: unknown): string => inspect(part, [...within, value]);
  if (Array.isArray(value)) return `[${value.map(inner).join(", ")}]`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return shown(value);
  const entries = Object.entries(value).map(([name, part]) => `${name}: ${inner(part)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

/** What is of a class says itself what it is: a model by its summary. */
function shown(value: object): string {
  return "summary" in value && typeof value.summary === "function" ? String(value.summary()) : String(value);
}
