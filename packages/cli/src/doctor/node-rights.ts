import { constants } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';

/** Who this process is, what it may do, and where groups are listed. */
export interface Caller {
  readonly user: string;
  /** `/etc/group`. */
  readonly groupFile: string;
  /** Whether this process may read and write the node at `path`. */
  mayOpen(path: string): Promise<boolean>;
}

/** This process. */
export function thisCaller(): Caller {
  return {
    user: userInfo().username,
    groupFile: '/etc/group',
    mayOpen: (path) =>
      access(path, constants.R_OK | constants.W_OK).then(
        () => true,
        () => false,
      ),
  };
}

/** Why this process may not open a device node. */
export interface Denial {
  readonly node: string;
  /** The group that may, by name where it has one; undefined where none but root may. */
  readonly group?: string;
  /** The user was put into the group, but logged in before that. */
  readonly isMember: boolean;
  /** `0660`. */
  readonly mode: string;
}

/** Why this process may not read and write `node`; undefined where it may, or where there is none. */
export async function denialOf(node: string, caller: Caller): Promise<Denial | undefined> {
  const found = (await caller.mayOpen(node)) ? undefined : await stat(node).catch(() => undefined);
  if (found === undefined) return undefined;
  const mode = (found.mode & 0o7777).toString(8).padStart(4, '0');
  const groupMay = (found.mode & 0o060) === 0o060;
  // Group 0 is root's own: nobody is put into it for a device.
  if (!groupMay || found.gid === 0) return { node, mode, isMember: false };
  const { name, members } = await groupOf(found.gid, caller.groupFile);
  return { node, mode, group: name, isMember: members.includes(caller.user) };
}

/** `plugdev:x:46:anna,bert` (man 5 group). */
async function groupOf(
  gid: number,
  file: string,
): Promise<{ readonly name: string; readonly members: readonly string[] }> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const row = text
    .split('\n')
    .map((line) => line.split(':'))
    .find(([, , number]) => number === String(gid));
  return { name: row?.[0] ?? String(gid), members: row?.[3]?.split(',') ?? [] };
}
