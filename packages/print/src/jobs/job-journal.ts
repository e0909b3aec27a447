/**
 * What is remembered of a job, so that it is never printed twice: no more than its identity, where it went and how far it came.
 * No part of the document, and no name.
 */
export interface JobNote {
  readonly jobUuid: string;
  /** Tells the document from every other without giving it away; see `sealOf`. */
  readonly seal: string;
  /** The printer's UUID or address. */
  readonly printer: string;
  readonly jobId: number;
  /** `sending`: from now on the printer may have the document; `refused`: it has not. */
  readonly stage: 'sending' | 'refused' | 'done' | 'canceled';
  readonly pages?: number;
}

/**
 * The memory of jobs beyond the printer's own: printers forget jobs, some within a minute, all when they are switched off. One that
 * outlives the process (`folderJournal` of `@buergerkoffer/print/node`) keeps the promise also after a crash.
 */
export interface JobJournal {
  get(jobUuid: string): Promise<JobNote | undefined>;
  /** Resolves when the note is kept; rejects when it is not, and nothing is sent then. */
  put(note: JobNote): Promise<void>;
}

/** Jobs that are remembered, at most; the oldest are forgotten first. */
const MOST_NOTES = 10_000;

/** A journal that lasts as long as the process. */
export function memoryJournal(): JobJournal {
  const notes = new Map<string, JobNote>();
  return {
    get: (jobUuid) => Promise.resolve(notes.get(jobUuid)),
    put: (note) => {
      notes.delete(note.jobUuid);
      notes.set(note.jobUuid, note);
      const [oldest] = notes.keys();
      if (notes.size > MOST_NOTES && oldest !== undefined) notes.delete(oldest);
      return Promise.resolve();
    },
  };
}
