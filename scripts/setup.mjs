// Sets everything up that a clean clone lacks: dependencies, and where asked for, a browser.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));
const MARK = join(ROOT, "node_modules", ".camada-setup");

const portuguese = /^pt/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || "");

/**
 * Says a sentence in the machine's language.
 * @param {string} english
 * @param {string} translated
 */
export function tell(english, translated) {
  console.log(portuguese ? translated : english);
}

/** Installs the dependencies where they are missing, or not those that package-lock.json names. */
export function installDependencies() {
  const wanted = fingerprint();
  if (existsSync(MARK) && readFileSync(MARK, "utf8") === wanted) return;
  tell("Installing dependencies ...", "Instalando as dependências ...");
  // not `npm ci`: it insists on other platforms' builds in the lock file, which npm itself leaves out
  run("npm", ["install", "--no-audit", "--no-fund"]);
  writeFileSync(MARK, fingerprint());
}

function fingerprint() {
  return createHash("sha256")
    .update(readFileSync(join(ROOT, "package-lock.json")))
    .digest("hex");
}

/** The path of a Chrome or Chromium, or undefined. */
export function findBrowser() {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];
  const places = [
    process.env.CHROME_PATH,
    ...(process.env.PATH ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ...["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"].map(
      (folder) => process.env[folder] && join(process.env[folder], "Google/Chrome/Application/chrome.exe"),
    ),
  ];
  return places.find((place) => place && existsSync(place));
}

/** Whether packages of Debian and its kin can be installed here. */
const hasDebian = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");

/** @param {string} name */
function installFromDebian(name) {
  tell(`Installing ${name} ...`, `Instalando ${name} ...`);
  run("apt-get", ["update"]);
  run("apt-get", ["install", "-y", "--no-install-recommends", name]);
}

/**
 * What tests compare with that we did not write: ONNX's own tests and checker, Jupyter's own client, PyTorch and
 * scikit-learn. As root on Debian and its kin; elsewhere they are left out.
 */
export function installOracles() {
  const packages = {
    "python3-nbclient": "/usr/lib/python3/dist-packages/nbclient/client.py",
    "libonnx-testdata": "/usr/share/libonnx-testdata/data",
    "python3-sklearn": "/usr/lib/python3/dist-packages/sklearn/neural_network",
    "python3-torch": "/usr/lib/python3/dist-packages/torch/nn",
    "python3-onnx": "/usr/lib/python3/dist-packages/onnx/checker.py",
  };
  for (const [name, place] of Object.entries(packages)) {
    if (existsSync(place)) continue;
    if (hasDebian) installFromDebian(name);
    else
      tell(
        `Tests are left out that need Debian's package ${name}.`,
        `Ficam de fora os testes que precisam do pacote ${name} do Debian.`,
      );
  }
}

/** Finds a browser; as root on Debian and its kin installs Chromium; elsewhere says what to do. */
export function installBrowser() {
  const found = findBrowser();
  if (found !== undefined) return found;
  if (hasDebian) {
    installFromDebian("chromium");
    const installed = findBrowser();
    if (installed !== undefined) return installed;
  }
  tell(
    "The browser tests need Chrome or Chromium: install one, or set CHROME_PATH to it.",
    "Os testes de navegador precisam do Chrome ou do Chromium: instale um, ou indique-o em CHROME_PATH.",
  );
  process.exit(1);
}

/**
 * Runs a command at the root, showing what it prints; ends with its status if it fails.
 * @param {string} command
 * @param {readonly string[]} args
 */
export function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: "inherit" });
  if (error !== undefined || status !== 0) process.exit(status || 1);
}
