import type { Readable } from 'node:stream';
import { InputError } from '@buergerkoffer/formats';
import type { Letterhead, TextModules } from '@buergerkoffer/print/forms';
import { readJson } from './read-json.js';

/** An invented authority, for who has given none. */
export const LETTERHEAD: Letterhead = {
  authority: 'Stadt Musterstadt',
  unit: 'Bürgeramt · Mobiler Bürgerservice',
  lines: ['Rathausplatz 1', '12345 Musterstadt'],
  dataProtection: 'datenschutz@musterstadt.example',
};

/** The letterhead in a file; its contents are checked where the form is rendered. */
export async function letterheadOf(
  file: string | undefined,
  input: Readable | undefined,
): Promise<Letterhead> {
  return file === undefined ? LETTERHEAD : ((await objectIn(file, input)) as unknown as Letterhead);
}

/** The municipality's wording of notices in a file; its contents are checked where the form is rendered. */
export async function textModulesOf(file: string, input: Readable | undefined): Promise<TextModules> {
  return (await objectIn(file, input)) as TextModules;
}

async function objectIn(file: string, input: Readable | undefined): Promise<Record<string, unknown>> {
  const value = await readJson(file, input);
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new InputError('malformed', 'this is no JSON object', { path: file });
}
