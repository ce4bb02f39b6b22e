/// <reference types="node" />
import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { join, relative } from "node:path";

const NODE_MODULES = "node_modules";

/** What stands in a page without a bundler, for a server of the folder into which packages are installed. */
export function plainPage(folder: string) {
  const root = realpathSync(folder);
  /** The address of a file in a package: that which one package after the other finds beside itself. */
  const address = (names: readonly string[], path: string) => {
    const place = names.reduce(
      (from, name) => realpathSync(join(from.slice(0, from.lastIndexOf(NODE_MODULES)), NODE_MODULES, name)),
      join(root, NODE_MODULES),
    );
    return `/${relative(root, join(place, path))}`;
  };
  const interop = "@camada/interop";
  const figures = "@camada/figures";
  const imports = {
    camada: address(["camada"], "dist/index.js"),
    [figures]: address([figures], "dist/index.js"),
    [interop]: address([interop], "dist/index.js"),
    "@bufbuild/protobuf/wire": address([interop, "@bufbuild/protobuf"], "dist/esm/wire/index.js"),
    "d3-array": address([figures, "d3-array"], "dist/d3-array.mjs"),
    "fast-png": address([interop, "fast-png"], "lib/index.js"),
    fflate: address([interop, "fflate"], "esm/browser.js"),
    iobuffer: address([interop, "fast-png", "iobuffer"], "lib/iobuffer.js"),
    // the parser of CSV is no module: the page loads it before, and a module of one line gives its name
    papaparse: "./papaparse.js",
  };
  const importMap = JSON.stringify({ imports });
  return {
    head:
      `<script src="${address([interop, "papaparse"], "papaparse.min.js")}"></script>` +
      `<script type="importmap">${importMap}</script>`,
    modules: { "papaparse.js": "export default globalThis.Papa;" },
    /** What lets the import map through a policy. */
    hash: `'sha256-${createHash("sha256").update(importMap).digest("base64")}'`,
  };
}
