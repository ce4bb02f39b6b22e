import { type Browser, chromium } from "playwright-core";
import { findBrowser } from "../../scripts/setup.mjs";

/** The system's Chrome or Chromium, without what would reach for a network. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error("no Chrome or Chromium: set CHROME_PATH");
  const quiet = ["quic", "background-networking", "component-update", "sync"].map(
    (name) => `--disable-${name}`,
  );
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", ...quiet],
  });
}
