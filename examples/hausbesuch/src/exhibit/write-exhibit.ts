import { randomUUID } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '@buergerkoffer/formats';
import { SubmissionState } from '@buergerkoffer/fachverfahren-xoev';
import { readDocumentApplication } from '@buergerkoffer/procedures/model';
import { storageErrorOf, verifyAudit } from '@buergerkoffer/vault/node';
import type { DemoResult } from '../progress.js';
import { readTimeline } from './timeline.js';
import { page } from './page.js';

/** What is on show. */
export interface ExhibitInput {
  readonly out: string;
  /** Folder of the Fachverfahren with what it received. */
  readonly received: string;
  /** The audit chain as it lies in the vault. */
  readonly audit: Uint8Array;
  readonly result: DemoResult;
}

/** The file by which an exhibit of an earlier run is known. */
const MARKER = 'demo.json';

/** Refuses a folder that holds something else than an exhibit of an earlier run, before anything else is done. */
export async function checkOut(out: string): Promise<void> {
  const entries = await readdir(out).catch((error: unknown): string[] => {
    if (isMissing(error)) return [];
    throw new InputError('not-allowed', 'the name of the output folder is taken by something else', {
      path: out,
      cause: error,
    });
  });
  if (entries.length > 0 && !entries.includes(MARKER)) {
    throw new InputError('not-allowed', 'the output folder is not empty and not of an earlier demo', {
      path: out,
      remedy: 'name an empty or new folder with --out',
    });
  }
  try {
    await mkdir(dirname(resolve(out)), { recursive: true });
    const probe = join(dirname(resolve(out)), `.${randomUUID()}`);
    await mkdir(probe);
    await rm(probe, { recursive: true });
  } catch (error) {
    throw storageErrorOf(error, out);
  }
}

/** Writes the exhibit beside its place and moves it there whole: nobody finds half of one. */
export async function writeExhibit(input: ExhibitInput): Promise<void> {
  const out = resolve(input.out);
  const draft = join(dirname(out), `.${randomUUID()}`);
  try {
    await mkdir(draft, { recursive: true });
    await copyIfThere(input.received, draft);
    await writeFile(join(draft, 'audit.jsonl'), input.audit);
    await writeFile(join(draft, MARKER), `${JSON.stringify({ ...input.result, out: undefined }, null, 2)}\n`);
    await writeFile(join(draft, 'index.html'), await pageOf(draft, input));
    await rm(out, { recursive: true, force: true });
    await rename(draft, out);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw isSystemError(error) ? storageErrorOf(error, out) : error;
  }
}

async function pageOf(folder: string, { audit, result }: ExhibitInput): Promise<string> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  const application = await readJson(join(folder, 'application.json'));
  const receipt = await readJson(join(folder, 'receipt.json'));
  return page({
    result,
    files,
    timeline: readTimeline(audit),
    audit: verifyAudit(audit),
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

async function copyIfThere(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true }).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
  });
}

function isMissing(error: unknown): boolean {
  return isSystemError(error) && error.code === 'ENOENT';
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}
