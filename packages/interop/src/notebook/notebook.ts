/** A value that JSON can carry. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
/** Values that JSON can carry, by name. */
/** An object that JSON can carry. */
export interface JsonObject {
  readonly [name: string]: Json;
}

/** A notebook of Jupyter (nbformat 4). Names in it are only names, `__proto__` too: read them by `Object.hasOwn`. */
export interface Notebook {
  readonly metadata: JsonObject;
  readonly cells: readonly NotebookCell[];
}

/** A cell of a notebook. */
/** A cell of a notebook: code, or text. */
export type NotebookCell = CodeCell | TextCell;

interface AnyCell {
  /** What it is called; undefined where it has no name: it gets one when it is written. */
  readonly id?: string;
  readonly source: string;
  readonly metadata: JsonObject;
}

/** Text: Markdown, or as it is. */
export interface TextCell extends AnyCell {
  readonly kind: "markdown" | "raw";
  /** What its text shows as `attachment:name`. */
  readonly attachments?: { readonly [name: string]: MimeBundle };
}

/** Code, with what it gave when it last ran. */
/** Code, with what it gave when it last ran. */
export interface CodeCell extends AnyCell {
  readonly kind: "code";
  readonly executionCount: number | null;
  readonly outputs: readonly NotebookOutput[];
}

/** One thing in several forms, by their MIME types: text (bytes in base64), or JSON where the type is of JSON. */
export type MimeBundle = JsonObject;

/** What a cell of code gave: text as it was written, an error, a display, or its result. */
/** What a cell gave: lines, an error, or a value in several forms. */
export type NotebookOutput =
  | { readonly kind: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | {
      readonly kind: "error";
      readonly name: string;
      readonly value: string;
      readonly traceback: readonly string[];
    }
  | { readonly kind: "display"; readonly data: MimeBundle; readonly metadata: JsonObject }
  | {
      readonly kind: "result";
      readonly data: MimeBundle;
      readonly metadata: JsonObject;
      readonly executionCount: number | null;
    };

/** Whether values of a MIME type are JSON, and not text. */
export const isJsonType = (type: string): boolean => /^application\/([^;]*\+)?json$/.test(type);

/** What nbformat 4.5 lets a cell be called. */
export const CELL_ID = /^[a-zA-Z0-9_-]{1,64}$/;
