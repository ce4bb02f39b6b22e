#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { run } from "@stricli/core";
import { application } from "./application.js";
import { chooseLanguage } from "./language.js";

const args = process.argv.slice(2);
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const app = application(chooseLanguage(args, process.env), version);
// Node types an exit code that is not set as undefined, the framework as null
const context = { process: process as unknown as Parameters<typeof run>[2]["process"] };
await run(app, args.length === 0 ? ["--help"] : args, context);
