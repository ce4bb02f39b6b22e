import { checkBytes } from "../bytes.js";
import { InteropError } from "../error.js";
import type { ReadOptions } from "../zip/zip.js";
import {
  CELL_ID,
  isJsonType,
  type Json,
  type JsonObject,
  type MimeBundle,
  type Notebook,
  type NotebookCell,
  type NotebookOutput,
} from "./notebook.js";

/*
 * Notebooks of Jupyter, by nbformat's own schemas for 4.0 to 4.5: JSON in which texts may be lists of lines. What
 * the schema requires and does without (metadata, counts) may be missing; what it does not know is left out.
 */

const OP = "readNotebook";
const MAX_BYTES = 2 ** 25;
const MAX_DEPTH = 100;
const NEWEST = 5;

/**
 * The notebook in an .ipynb file of nbformat 4.0 to 4.5: a copy. Nothing in it is run, and nothing is trusted:
 * every part that is used has been checked. Refused: more than `maxBytes`, 32 MiB if nothing else is said.
 * @throws InteropError `file.bytes`, `file.large`, `notebook.json`, `notebook.deep`, `notebook.format`,
 * `notebook.part`
 * @example
 * const file = '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}';
 * readNotebook(new TextEncoder().encode(file)).cells.length; // 0
 */
export function readNotebook(bytes: Uint8Array, { maxBytes = MAX_BYTES }: ReadOptions = {}): Notebook {
  checkBytes(OP, bytes);
  if (bytes.length > maxBytes)
    throw new InteropError("file.large", { op: OP, size: bytes.length, limit: maxBytes });
  checkDepth(bytes);
  const file = parsed(bytes);
  if (!isObject(file) || !Object.hasOwn(file, "nbformat")) throw new InteropError("notebook.json");
  const { nbformat, nbformat_minor: minor } = file;
  if (nbformat !== 4 || !isCount(minor) || minor > NEWEST) {
    throw new InteropError("notebook.format", { found: `${excerpt(nbformat)}.${excerpt(minor)}` });
  }
  const cells = list(file["cells"], "cells");
  return {
    metadata: object(file["metadata"], "metadata"),
    cells: cells.map((cell, i) => cellOf(cell, `cells[${i}]`)),
  };
}

/** Depth, before anything is made of it. What is no JSON at all is left to JSON.parse. */
function checkDepth(bytes: Uint8Array): void {
  let [depth, quoted] = [0, false];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (quoted) {
      if (byte === 0x5c) at++;
      else if (byte === 0x22) quoted = false;
    } else if (byte === 0x22) quoted = true;
    else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > MAX_DEPTH) throw new InteropError("notebook.deep", { at, limit: MAX_DEPTH });
    } else if (byte === 0x5d || byte === 0x7d) depth--;
  }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new InteropError("notebook.json");
  }
}

function cellOf(value: unknown, at: string): NotebookCell {
  if (!isObject(value)) return wrong(at, value);
  const kind = value["cell_type"];
  const common = {
    ...idOf(value["id"]),
    source: text(value["source"], `${at}.source`),
    metadata: object(value["metadata"], `${at}.metadata`),
  };
  if (kind === "code") {
    const outputs = list(value["outputs"] ?? [], `${at}.outputs`);
    return {
      kind,
      ...common,
      executionCount: count(value["execution_count"], `${at}.execution_count`),
      outputs: outputs.map((output, i) => outputOf(output, `${at}.outputs[${i}]`)),
    };
  }
  if (kind !== "markdown" && kind !== "raw") return wrong(`${at}.cell_type`, kind);
  const { attachments } = value;
  if (attachments === undefined) return { kind, ...common };
  const place = `${at}.attachments`;
  const bundles = Object.entries(object(attachments, place));
  return {
    kind,
    ...common,
    attachments: Object.fromEntries(
      bundles.map(([name, data]) => [name, bundle(data, `${place}[${excerpt(name)}]`)]),
    ),
  };
}

/** Before 4.5 cells had no names, and what stands there may be anything. */
const idOf = (id: unknown): { readonly id?: string } =>
  typeof id === "string" && CELL_ID.test(id) ? { id } : {};

function outputOf(value: unknown, at: string): NotebookOutput {
  if (!isObject(value)) return wrong(at, value);
  const kind = value["output_type"];
  switch (kind) {
    case "stream": {
      const { name } = value;
      if (name !== "stdout" && name !== "stderr") return wrong(`${at}.name`, name);
      return { kind, name, text: text(value["text"], `${at}.text`) };
    }
    case "error": {
      const lines = list(value["traceback"] ?? [], `${at}.traceback`);
      return {
        kind,
        name: text(value["ename"], `${at}.ename`),
        value: text(value["evalue"], `${at}.evalue`),
        traceback: lines.map((line, i) => text(line, `${at}.traceback[${i}]`)),
      };
    }
    case "display_data":
    case "execute_result": {
      const shown = {
        data: bundle(value["data"], `${at}.data`),
        metadata: object(value["metadata"], `${at}.metadata`),
      };
      if (kind === "display_data") return { kind: "display", ...shown };
      const executionCount = count(value["execution_count"], `${at}.execution_count`);
      return { kind: "result", ...shown, executionCount };
    }
    default:
      return wrong(`${at}.output_type`, kind);
  }
}

function bundle(value: unknown, at: string): MimeBundle {
  if (value === undefined) return wrong(at, value);
  return Object.fromEntries(
    Object.entries(object(value, at)).map(([type, data]) => [
      type,
      isJsonType(type) ? data : text(data, `${at}[${excerpt(type)}]`),
    ]),
  );
}

/** A text, or the list of its lines. */
function text(value: unknown, at: string): string {
  if (typeof value === "string") return value;
  if (!Array.isArray(value) || !value.every((line) => typeof line === "string")) return wrong(at, value);
  return value.join("");
}

/** What JSON.parse has made is JSON. */
function object(value: unknown, at: string): JsonObject {
  if (value === undefined) return {};
  return isObject(value) ? (value as JsonObject) : wrong(at, value);
}

function list(value: unknown, at: string): readonly Json[] {
  return Array.isArray(value) ? value : wrong(at, value);
}

function count(value: unknown, at: string): number | null {
  if (value === undefined || value === null) return null;
  return isCount(value) ? value : wrong(at, value);
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrong(at: string, found: unknown): never {
  throw new InteropError("notebook.part", { at, found: excerpt(found) });
}

/** A value in little room; nothing where there is none. */
function excerpt(value: unknown): string {
  const all = JSON.stringify(value) ?? "-";
  return all.length > 60 ? `${all.slice(0, 60)}…` : all;
}
