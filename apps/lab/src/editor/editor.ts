import type { Remark } from "@camada/lesson/compiler";
import {
  autocompletion,
  type CompletionContext,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, hoverTooltip, keymap, tooltips } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { axisColors } from "./axisColors.js";

/** What an editor tells and asks of the page around it. */
export interface EditorHost {
  readonly label: string;
  /** The element that says which keys do what. */
  readonly keys: string;
  /** CodeMirror's own words, in the reader's language. */
  readonly phrases: Readonly<Record<string, string>>;
  changed(code: string): void;
  run(): void;
  nextRemark(offset: number): void;
  suggest(offset: number): Promise<readonly string[]>;
  describe(offset: number): Promise<{ readonly type: string; readonly about: string } | null>;
}

export interface Editor {
  readonly code: string;
  replace(code: string): void;
  underline(remarks: readonly Remark[]): void;
  /** Puts the cursor at a place, and shows it. */
  go(offset: number): void;
}

/** Puts an editor where a cell's code stands, on the same lines, in the same colors. */
export function openEditor(place: HTMLElement, code: string, host: EditorHost): Editor {
  const view = new EditorView({
    state: EditorState.create({ doc: code, extensions: extensions(host) }),
  });
  const hadFocus = place.contains(document.activeElement);
  place.replaceChildren(view.dom);
  if (hadFocus) view.focus();
  return {
    get code() {
      return view.state.doc.toString();
    },
    replace(text) {
      if (text === view.state.doc.toString()) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    underline(remarks) {
      const { length } = view.state.doc;
      const marks = remarks
        .map(({ from, to, sentence }) => ({ ...atLeastOne(from, to, length), message: sentence }))
        .map((mark) => ({ ...mark, severity: "error" as const }));
      view.dispatch(setDiagnostics(view.state, marks));
    },
    go(offset) {
      const anchor = Math.min(offset, view.state.doc.length);
      view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
      view.focus();
    },
  };
}

/** A mark that can be seen: one character at least. */
function atLeastOne(from: number, to: number, length: number): { from: number; to: number } {
  if (to > from) return { from: Math.min(from, length), to: Math.min(to, length) };
  const start = Math.max(0, Math.min(from, length - 1));
  return { from: start, to: Math.min(start + 1, length) };
}

function extensions(host: EditorHost) {
  return [
    EditorState.phrases.of(host.phrases),
    EditorState.tabSize.of(2),
    EditorView.contentAttributes.of({
      "aria-label": host.label,
      "aria-describedby": host.keys,
      tabindex: "0",
      translate: "no",
    }),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    javascript({ typescript: true }),
    syntaxHighlighting(classHighlighter),
    axisColors,
    tooltips({ position: "absolute" }),
    autocompletion({ override: [suggestions(host)], icons: false }),
    hover(host),
    EditorView.updateListener.of(({ docChanged, state }) => {
      if (docChanged) host.changed(state.doc.toString());
    }),
    // Tab is not among the keys: it leaves the editor, as it leaves every field
    keymap.of([
      { key: "Shift-Enter", run: () => done(host.run) },
      { key: "F8", run: ({ state }) => done(() => host.nextRemark(state.selection.main.head)) },
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...defaultKeymap,
      ...historyKeymap,
    ]),
  ];
}

/** A key that has done what it does, and does nothing else. */
const done = (act: () => void): true => {
  act();
  return true;
};

/** Names that may be written here; after a dot all that there are, else from the first letter. */
function suggestions(host: EditorHost) {
  return async (context: CompletionContext) => {
    const word = context.matchBefore(/\w*$/)!;
    const afterDot = context.state.sliceDoc(word.from - 1, word.from) === ".";
    if (word.from === word.to && !afterDot && !context.explicit) return null;
    const found = await host.suggest(context.pos);
    if (context.aborted || found.length === 0) return null;
    // what was written in this program stands before what the language brings along
    const options = found.map((label, i) => ({ label, boost: -i / found.length }));
    return { from: word.from, options, validFor: /^\w*$/ };
  };
}

function hover(host: EditorHost) {
  return hoverTooltip(async (_, pos) => {
    const found = await host.describe(pos);
    if (found === null) return null;
    return {
      pos,
      above: true,
      create: () => {
        const dom = document.createElement("div");
        dom.className = "hover";
        const type = document.createElement("code");
        type.textContent = found.type;
        const about = document.createElement("p");
        about.textContent = found.about;
        dom.append(type, ...(found.about === "" ? [] : [about]));
        return { dom };
      },
    };
  });
}
