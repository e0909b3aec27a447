import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { openSchemas, type SchemaLibrary } from '../../src/node/schema-set/index.js';

// The first test of a file reads and compiles two megabytes of schemas.
vi.setConfig({ testTimeout: 60_000 });

/** Official schemas and messages as an integrator holds them; not part of this repository. */
export const XOEV_DATA = fileURLToPath(new URL('../../../../../shared/data/xoev/', import.meta.url));

/** Why tests with the data are skipped, or `false`. */
export const withoutData = !existsSync(join(XOEV_DATA, 'catalog.xml'));
if (withoutData) console.warn('schema tests skipped: ../shared/data/xoev is not there');

export const XMELD = 'http://www.osci.de/xmeld2511a';

let opened: Promise<SchemaLibrary> | undefined;

/** The schemas of the data, opened once. */
export function xoevSchemas(): Promise<SchemaLibrary> {
  opened ??= openSchemas(XOEV_DATA);
  return opened;
}

/** A message of the data with its file's name. */
export interface DataMessage {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The messages in a folder of the data. */
export function messagesIn(folder: string): readonly DataMessage[] {
  if (withoutData) return [];
  return readdirSync(join(XOEV_DATA, folder)).map((name) => ({
    name,
    bytes: readFileSync(join(XOEV_DATA, folder, name)),
  }));
}

/** A message with one fault, or with a change that is none. */
export interface Mutant extends DataMessage {
  readonly valid: boolean;
  readonly line: number | undefined;
}

/** Single faults on the generated messages, with the verdict of xmllint. */
export function mutants(): readonly Mutant[] {
  const bases = new Map(messagesIn('generated/max').map(({ name, bytes }) => [name, Buffer.from(bytes)]));
  const lines = readFileSync(join(XOEV_DATA, 'mutants/mutants.jsonl'), 'utf8').trim().split('\n');
  return lines.map((text) => {
    const mutant = JSON.parse(text) as Record<'id' | 'base' | 'ins', string> & {
      readonly at: number;
      readonly del: number;
      readonly valid: boolean;
      readonly line?: number;
    };
    const base = bases.get(mutant.base) ?? Buffer.alloc(0);
    const bytes = Buffer.concat([
      base.subarray(0, mutant.at),
      Buffer.from(mutant.ins),
      base.subarray(mutant.at + mutant.del),
    ]);
    return { name: String(mutant.id), bytes, valid: mutant.valid, line: mutant.line };
  });
}
