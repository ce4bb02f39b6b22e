/// <reference types="node" />
import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";

const MAIN = new URL("./main.ts", import.meta.url).pathname;

describe("a process that is interrupted", () => {
  it("tells its results, and ends with 130", async () => {
    const args = ["train", "spiral", "--epochs", "1000000", "--lang", "pt-BR"];
    const child = spawn(process.execPath, ["--import", "tsx", "--conditions=camada-source", MAIN, ...args]);
    let out = "";
    let error = "";
    let sent = false;
    child.stderr.on("data", (text) => {
      error += text;
    });
    child.stdout.on("data", (text) => {
      out += text;
      // its beginning has been told: what it does next is to train
      if (!sent && out.includes("semente 0\n")) sent = child.kill("SIGINT");
    });
    const [code, signal] = await once(child, "close");
    expect([code, signal]).toEqual([130, null]);
    expect(error).toBe("Termina depois deste lote; outro Ctrl-C termina na hora\n");
    expect(out).toMatch(
      /\nTerminou antes da hora, por Ctrl-C\.\n(treino: .*\n)?teste: perda .*\nPara comparar, .*\n$/,
    );
  });
});
