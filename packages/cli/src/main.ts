#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { runCamada } from "./application.js";
import type { Context } from "./context.js";
import { chooseLanguage } from "./language.js";

// who reads it may have seen enough, as head(1) has: then there is nothing left to do
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  throw error;
});

const args = process.argv.slice(2);
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
// Node types an exit code that is not set as undefined, the framework as null
const self = process as unknown as Context["process"];
await runCamada(args.length === 0 ? ["--help"] : args, chooseLanguage(args, process.env), version, self);
