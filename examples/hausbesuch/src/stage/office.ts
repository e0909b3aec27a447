import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fachverfahrenHttp, type FachverfahrenHttp } from '@buergerkoffer/fachverfahren-xoev';
import type { AuthorityConfig } from '@buergerkoffer/procedures/model';
import { nodeFileSystem, storageErrorOf } from '@buergerkoffer/vault/node';
import { household } from '../household.js';
import { authorityConfig } from './authority-config.js';
import { startFachverfahren, type FachverfahrenProcess } from './fachverfahren-process.js';
import type { StateFolder } from './state-folder.js';

/** The authority's side: its Fachverfahren, and the configuration that the suitcase has of it. */
export interface Office {
  readonly url: string;
  readonly fachverfahren: FachverfahrenHttp;
  readonly config: AuthorityConfig;
  /** Where the demo's own Fachverfahren lays what it received; a foreign one keeps that to itself. */
  exhibitOf(submissionId: string): string | undefined;
  /** Out of the door without network: the Fachverfahren of the demo stops, its port is closed. */
  leave(): Promise<void>;
}

/** Works with the Fachverfahren at `url`, or with the demo's own, which is ended afterwards. */
export async function withOffice<T>(
  state: StateFolder,
  url: string | undefined,
  work: (office: Office) => Promise<T>,
): Promise<T> {
  const running = url === undefined ? await startOwn(state) : foreign(url);
  try {
    const fachverfahren = fachverfahrenHttp({ baseUrl: running.url });
    return await work({
      url: running.url,
      fachverfahren,
      config: authorityConfig(await fachverfahren.certificate(), running.url),
      exhibitOf: (submissionId) =>
        url === undefined ? join(state.authority, 'exhibits', submissionId) : undefined,
      leave: () => running.stop(),
    });
  } finally {
    await running.stop();
  }
}

function foreign(url: string): FachverfahrenProcess {
  return { url, stop: () => Promise.resolve() };
}

async function startOwn({ authority }: StateFolder): Promise<FachverfahrenProcess> {
  const register = join(authority, 'register.json');
  try {
    await nodeFileSystem.makeFolder(authority);
    await writeFile(register, JSON.stringify([household(new Date()).register]));
  } catch (error) {
    throw storageErrorOf(error, authority);
  }
  return startFachverfahren(['--folder', authority, '--register', register]);
}
