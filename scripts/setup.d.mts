/** The path of a Chrome or Chromium, or undefined. */
export function findBrowser(): string | undefined;
