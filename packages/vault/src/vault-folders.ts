import { ifThere, removeDurably, UNFINISHED } from './durable-file.js';
import type { FileSystemPort } from './file-system.js';
import { isUuid, uuidBytes } from './case-id.js';

const LOG = '.case';
const ERASING = '.erasing';

/** Where what lies in a vault's folder. */
export class VaultFolders {
  readonly root: string;
  readonly keys: string;
  readonly audit: string;
  readonly outbox: string;
  readonly supplies: string;
  readonly clock: string;
  readonly #cases: string;
  readonly #fs: FileSystemPort;

  constructor(fs: FileSystemPort, root: string) {
    this.#fs = fs;
    this.root = root;
    this.keys = `${root}/keys`;
    this.audit = `${root}/audit`;
    this.outbox = `${root}/outbox`;
    this.supplies = `${root}/supplies`;
    this.clock = `${root}/latest-time`;
    this.#cases = `${root}/cases`;
  }

  /** Makes all folders, durable with their names. */
  async make(): Promise<void> {
    const folders = [this.#cases, this.keys, this.audit, this.outbox, this.supplies];
    for (const folder of folders) await this.#fs.makeFolder(folder);
  }

  /** The log of a case. */
  log(caseId: string): string {
    uuidBytes(caseId);
    return `${this.#cases}/${caseId}${LOG}`;
  }

  /** The ids of the cases that have a log. */
  cases(): Promise<readonly string[]> {
    return this.#ids(LOG);
  }

  /** The ids of the cases whose erasure has begun. */
  erasing(): Promise<readonly string[]> {
    return this.#ids(ERASING);
  }

  /** Notes durably that a case is to be erased: from here on the erasure is finished, whatever happens. */
  async beginErasing(caseId: string): Promise<void> {
    const file = await this.#fs.open(this.#marker(caseId), 'create');
    await file.close();
    await this.#fs.syncFolder(this.#cases);
  }

  /** Forgets that note. */
  endErasing(caseId: string): Promise<void> {
    return removeDurably(this.#fs, this.#marker(caseId));
  }

  /** Removes the log of a case for good. */
  removeLog(caseId: string): Promise<void> {
    return removeDurably(this.#fs, this.log(caseId));
  }

  /** Removes what a crash left unfinished beside the files of the root and of the cases. */
  async removeUnfinished(): Promise<void> {
    for (const folder of [this.root, this.#cases, this.audit]) {
      const names = (await ifThere(this.#fs.list(folder))) ?? [];
      for (const name of names.filter((name) => name.endsWith(UNFINISHED))) {
        await removeDurably(this.#fs, `${folder}/${name}`);
      }
    }
  }

  #marker(caseId: string): string {
    uuidBytes(caseId);
    return `${this.#cases}/${caseId}${ERASING}`;
  }

  async #ids(ending: string): Promise<readonly string[]> {
    const names = await this.#fs.list(this.#cases);
    return names
      .filter((name) => name.endsWith(ending))
      .map((name) => name.slice(0, -ending.length))
      .filter(isUuid);
  }
}
