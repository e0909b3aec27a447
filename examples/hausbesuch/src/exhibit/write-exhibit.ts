import { cp, mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { encodeHex, InputError } from '@buergerkoffer/formats';
import { SubmissionState } from '@buergerkoffer/fachverfahren-xoev';
import { readDocumentApplication } from '@buergerkoffer/procedures/model';
import { nodeFileSystem, storageErrorOf, verifyAudit } from '@buergerkoffer/vault/node';
import { z } from 'zod';
import type { DemoResult } from '../progress.js';
import { readTimeline } from './timeline.js';
import { page } from './page.js';

/** What is on show. */
export interface ExhibitInput {
  readonly out: string;
  /** Folder of the Fachverfahren with what it received; `undefined` when it keeps that to itself. */
  readonly received: string | undefined;
  /** The audit chain as it lies in the vault. */
  readonly audit: Uint8Array;
  /** Public key of the suitcase, 32 bytes; in the field the authority has it long before. */
  readonly auditKey: Uint8Array;
  readonly result: DemoResult;
}

/** The file by which an exhibit of an earlier run is known. */
const MARKER = 'demo.json';
const Marker = z.looseObject({ outcome: z.string(), caseId: z.uuid(), submissionId: z.uuid() });

/**
 * Refuses a place that holds something else than an exhibit of an earlier run, or that cannot be written, before anything
 * else is done; removes what an interrupted run left beside it.
 */
export async function checkOut(out: string): Promise<void> {
  const entries = await readdir(out).catch((error: unknown): string[] => {
    if (isMissing(error)) return [];
    throw new InputError('not-allowed', 'the name of the output folder is taken by something else', {
      path: out,
      cause: error,
    });
  });
  if (entries.length > 0 && !(await isExhibit(out))) {
    throw new InputError('not-allowed', 'the output folder is not empty and not of an earlier demo', {
      path: out,
      remedy: 'name an empty or new folder with --out',
    });
  }
  const { draft, former } = besides(out);
  try {
    await nodeFileSystem.makeFolder(dirname(draft));
    for (const left of [draft, former]) await rm(left, { recursive: true, force: true });
    await mkdir(draft);
    await rmdir(draft);
  } catch (error) {
    throw storageErrorOf(error, out);
  }
}

/** Writes the exhibit beside its place and moves it there whole: nobody finds half of one. */
export async function writeExhibit(input: ExhibitInput): Promise<void> {
  const out = resolve(input.out);
  const { draft, former } = besides(out);
  try {
    await mkdir(draft, { mode: 0o700 });
    if (input.received !== undefined) await cp(input.received, draft, { recursive: true });
    await writeFile(join(draft, 'audit.jsonl'), input.audit);
    await writeFile(join(draft, 'audit-key.txt'), `${encodeHex(input.auditKey)}\n`);
    await writeFile(join(draft, MARKER), `${JSON.stringify({ ...input.result, out: undefined }, null, 2)}\n`);
    await writeFile(join(draft, 'index.html'), await pageOf(draft, input));
    await rename(out, former).catch(unlessMissing);
    await rename(draft, out);
    await rm(former, { recursive: true, force: true });
  } catch (error) {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
    throw isSystemError(error) ? storageErrorOf(error, out) : error;
  }
}

/** Where an exhibit is written, and where the one before it waits until the new one has its place. */
function besides(out: string): { readonly draft: string; readonly former: string } {
  const place = resolve(out);
  const name = (part: string): string => join(dirname(place), `.${basename(place)}.buergerkoffer-${part}`);
  return { draft: name('draft'), former: name('former') };
}

async function isExhibit(folder: string): Promise<boolean> {
  try {
    return Marker.safeParse(await readJson(join(folder, MARKER))).success;
  } catch {
    return false;
  }
}

async function pageOf(folder: string, { audit, auditKey, result }: ExhibitInput): Promise<string> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  const application = await readJson(join(folder, 'application.json'));
  const receipt = await readJson(join(folder, 'receipt.json'));
  return page({
    result,
    files,
    timeline: readTimeline(audit),
    audit: verifyAudit(audit, { publicKey: auditKey }),
    ...(application === undefined ? {} : { application: readDocumentApplication(application) }),
    ...(receipt === undefined ? {} : { receipt: SubmissionState.parse(receipt) }),
  });
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function unlessMissing(error: unknown): void {
  if (!isMissing(error)) throw error;
}

function isMissing(error: unknown): boolean {
  return isSystemError(error) && error.code === 'ENOENT';
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}
