import { cardFiles, type CardFile } from './card-files.js';

/** A file that was not written for so long is complete, if it ever will be. In milliseconds. */
const SETTLED_MS = 2_000;
/** An empty file is waited for longer: programs make it first and fill it then. */
const SETTLED_EMPTY_MS = 10_000;

/** Looks at a folder again and again, and tells each file once it has stopped growing. */
export class CardWatch {
  readonly #folder: string;
  /** Size and time of each file when it was seen last, and whether it was told like that. */
  readonly #seen = new Map<string, { readonly state: string; told: boolean }>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Takes all files that are there now for known. */
  async skip(): Promise<void> {
    for (const file of await cardFiles(this.#folder)) {
      this.#seen.set(file.path, { state: stateOf(file), told: true });
    }
  }

  /**
   * The files that have come or changed since they were told last, newest first. One that may still be written to is
   * told at a later look. Rejects as {@link cardFiles}.
   */
  async look(): Promise<readonly CardFile[]> {
    const files = await cardFiles(this.#folder);
    const there = new Set(files.map(({ path }) => path));
    for (const path of this.#seen.keys()) if (!there.has(path)) this.#seen.delete(path);
    return files.filter((file) => this.#isNew(file));
  }

  #isNew(file: CardFile): boolean {
    const state = stateOf(file);
    const before = this.#seen.get(file.path);
    const isSame = before?.state === state;
    if (isSame && before.told) return false;
    const ageMs = Date.now() - file.writtenAtMs;
    const isSettled = file.bytes === 0 ? ageMs > SETTLED_EMPTY_MS : isSame || ageMs > SETTLED_MS;
    this.#seen.set(file.path, { state, told: isSettled });
    return isSettled;
  }
}

function stateOf({ bytes, writtenAtMs }: CardFile): string {
  return `${bytes} ${writtenAtMs}`;
}
