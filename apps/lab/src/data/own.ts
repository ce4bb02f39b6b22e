/** A file that the reader has brought, as it is kept. */
export interface OwnFile {
  /** What cells call it. */
  readonly name: string;
  /** What it is called on the reader's disk. */
  readonly file: string;
  readonly content: Blob;
  /** The column to be learnt; null for the last that can be. */
  readonly target: string | null;
  /** Another number for each file, and for each way to read it. */
  readonly key: number;
}

/** A file with its type in cells, as TypeScript. */
export interface TypedFile {
  readonly file: OwnFile;
  readonly type: string;
}

/** What was kept, if it is that. Null where it is not. */
export function readFiles(value: unknown): readonly OwnFile[] | null {
  return Array.isArray(value) && value.every(isOwnFile) ? value : null;
}

function isOwnFile(value: unknown): boolean {
  const { name, file, content, target, key } = (value ?? {}) as Record<string, unknown>;
  return (
    typeof name === "string" &&
    /^[a-z][A-Za-z0-9]*$/.test(name) &&
    typeof file === "string" &&
    content instanceof Blob &&
    (target === null || typeof target === "string") &&
    typeof key === "number"
  );
}

/** Files as JSON holds them, for a backup. */
export async function filesToJson(files: readonly OwnFile[]): Promise<unknown[]> {
  return Promise.all(
    files.map(async ({ content, ...rest }) => ({ ...rest, content: await base64(content) })),
  );
}

/** The files of a backup, if they are that; a backup without has none. Null where they are not. */
export function filesFromJson(value: unknown): readonly OwnFile[] | null {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return null;
  try {
    return readFiles(
      value.map(({ content, ...rest }) => ({
        ...rest,
        content: new Blob([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))]),
      })),
    );
  } catch {
    return null;
  }
}

/** The browser makes it beside the page's own work. */
function base64(content: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve((reader.result as string).split(",")[1] ?? "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(content);
  });
}
