let current = "";

/** What the steps that are recorded now are part of. */
export function currentScope(): string {
  return current;
}

/** Runs `f`; the steps recorded meanwhile are part of `name`, within what was current before. */
export function scoped<R>(name: string, f: () => R): R {
  return inScope(current === "" ? name : `${current}/${name}`, f);
}

/** Runs `f`; the steps recorded meanwhile are part of `name`, whatever was current before. */
export function inScope<R>(name: string, f: () => R): R {
  const outer = current;
  current = name;
  try {
    return f();
  } finally {
    current = outer;
  }
}
