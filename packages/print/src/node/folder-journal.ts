import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';
import type { JobJournal, JobNote } from '../jobs/job-journal.js';
import { JournalError } from '../jobs/journal-error.js';

const NOTE = z.object({
  jobUuid: z.string(),
  seal: z.string(),
  printer: z.string(),
  jobId: z.number().int(),
  stage: z.enum(['sending', 'refused', 'done', 'canceled']),
  pages: z.number().int().optional(),
});
const UUID = /^[0-9a-f-]{36}$/;

/**
 * Remembers jobs in `folder`, one small file each, on the disk before anything is sent: a job is not printed twice even when the process
 * or the computer fails. There is no document in it and no name; delete the files when the cases are closed. Rejects with
 * `JournalError` where the disk fails, and `corrupt` for a file that is no note.
 */
export function folderJournal(folder: string): JobJournal {
  const pathOf = (jobUuid: string): string => {
    if (UUID.test(jobUuid)) return join(folder, `${jobUuid}.json`);
    throw new JournalError('missing', 'a job is remembered by its UUID');
  };
  return {
    get: async (jobUuid) => {
      const path = pathOf(jobUuid);
      const text = await readFile(path, 'utf8').catch((error: unknown) => {
        if (codeOf(error) === 'ENOENT') return undefined;
        throw faultOf(error, path);
      });
      return text === undefined ? undefined : noteIn(text, path);
    },
    put: async (note) => {
      const path = pathOf(note.jobUuid);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await replace(path, JSON.stringify(note), folder);
      } catch (error) {
        throw faultOf(error, path);
      }
    },
  };
}

/** The file is the old or the new one, and on the disk, whatever happens meanwhile. */
async function replace(path: string, text: string, folder: string): Promise<void> {
  const fresh = `${path}.new`;
  const file = await open(fresh, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(fresh, path).catch(async (error: unknown) => {
    await rm(fresh, { force: true });
    throw error;
  });
  const directory = await open(folder);
  await directory.sync().finally(() => directory.close());
}

function noteIn(text: string, path: string): JobNote {
  try {
    const { pages, ...note } = NOTE.parse(JSON.parse(text));
    return pages === undefined ? note : { ...note, pages };
  } catch (error) {
    throw new JournalError('corrupt', 'the note about a print job cannot be read', { path, cause: error });
  }
}

function faultOf(error: unknown, path: string): JournalError {
  if (error instanceof JournalError) return error;
  const code = codeOf(error);
  const details = { path, cause: error };
  if (code === 'ENOSPC' || code === 'EDQUOT') return new JournalError('full', 'the disk is full', details);
  if (code === 'EROFS') return new JournalError('read-only', 'the disk is read-only', details);
  return new JournalError(
    'denied',
    `the note about a print job cannot be kept (${code ?? 'no code'})`,
    details,
  );
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
