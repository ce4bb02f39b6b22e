/// <reference types="node" />
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { camada } from "../../../tests/commandLine.js";
import { ASKED } from "./completion.js";

const folder = mkdtempSync(join(tmpdir(), "camada-"));
afterAll(() => rmSync(folder, { recursive: true }));

const offered = async (...words: string[]) =>
  (await camada([ASKED, ...words])).out.split("\n").filter(Boolean);

describe("completion", () => {
  it("offers commands, options, what options may be, and sets", async () => {
    expect(await offered("")).toEqual(
      expect.arrayContaining(["lesson", "draw", "train", "lab", "doctor", "completion"]),
    );
    expect(await offered("tr")).toEqual(["train"]);
    expect(await offered("train", "moons", "--opt")).toEqual(["--optimizer"]);
    expect(await offered("train", "--optimizer", "ad")).toEqual(["adagrad", "adam", "adamw"]);
    expect(await offered("train", "mo")).toEqual(["moons"]);
    expect(await offered("completion", "f")).toEqual(["fish"]);
    expect(await offered("nonsense", "x")).toEqual([]);
  });

  it("is asked for by bash with the words up to the cursor", async () => {
    const { out } = await camada(["completion", "bash"]);
    // a program that tells which words it was asked with
    const stand = join(folder, "camada");
    writeFileSync(stand, '#!/bin/sh\nprintf "%s\\n" "$@"\n');
    chmodSync(stand, 0o755);
    const script = `${out}
      COMP_WORDS=(camada train --opt x); COMP_CWORD=2; _camada; printf '%s\\n' "\${COMPREPLY[@]}"; complete -p camada`;
    const env = { ...process.env, PATH: `${folder}:${process.env["PATH"]}` };
    const { stdout, stderr } = spawnSync("bash", ["--norc", "-c", script], { encoding: "utf8", env });
    expect([stdout.trim().split("\n").slice(0, 3), stderr]).toEqual([[ASKED, "train", "--opt"], ""]);
    expect(stdout).toContain("-F _camada camada");
  });

  it("is for shells that there are", async () => {
    for (const shell of ["zsh", "fish"]) expect((await camada(["completion", shell])).out).toContain(ASKED);
    const { error, code } = await camada(["completion", "cmd"], "pt-BR");
    expect([error, code]).toEqual([expect.stringContaining("'cmd', somente um de bash, zsh, fish"), 2]);
  });
});
