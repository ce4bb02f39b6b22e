import { capabilities, configure, type Language } from "camada";
import { expose } from "comlink";
import { type News, Session } from "./session.js";
import type { Settings } from "./settings.js";

// nobody has asked for threads here, so nobody is told where there are none
configure({ threads: capabilities().threads });
let session: Session | null = null;

const api = {
  /** Begins a training anew, paused; the one before ends. */
  open(settings: Settings, lang: Language, tell: (news: News) => void): void {
    configure({ lang });
    session?.close();
    session = null;
    try {
      session = new Session(settings, tell);
    } catch (error) {
      tell({ kind: "ended", words: (error as Error).message });
    }
  },
  run: () => session?.run(),
  pause: () => session?.pause(),
  step: () => session?.step(),
};

export type Api = typeof api;
expose(api);
