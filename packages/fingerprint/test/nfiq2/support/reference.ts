import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { greyOf, readPnm, type GreyImage } from '@buergerkoffer/formats';
import {
  listedMinutiae,
  readMinutiaeList,
  type MeasureName,
  type MinutiaeSource,
} from '../../../src/nfiq2/index.js';

/** The data that lies beside the repository. */
const DATA = new URL('../../../../../../shared/data/fingerprint/', import.meta.url);

/** What the reference says about one image. */
export interface Expected {
  readonly file: string;
  readonly crop: Readonly<Record<'left' | 'top' | 'width' | 'height', number>>;
  readonly score?: number;
  readonly measures: Readonly<Record<MeasureName, number>>;
  readonly feedback: Readonly<Record<string, number>>;
  readonly qualityBlock: Readonly<Record<string, number>>;
  readonly error?: string;
}

interface Oracle {
  readonly modelMd5: string;
  readonly featureOrder: readonly string[];
  readonly images: Readonly<Record<string, Expected>>;
}

/** Why tests against the reference are skipped, or `false`. */
export const withoutReference = !existsSync(new URL('nfiq2/oracle.json', DATA));
if (withoutReference) console.warn('skipped: ../shared/data/fingerprint/nfiq2 is not there');

/** The bytes of a file of the data. */
export function bytesOf(path: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(path, DATA)));
}

export const oracle: Oracle = withoutReference
  ? { modelMd5: '', featureOrder: [], images: {} }
  : (JSON.parse(new TextDecoder().decode(bytesOf('nfiq2/oracle.json'))) as Oracle);

export const scored = Object.entries(oracle.images).filter(([, { error }]) => error === undefined);
export const refused = Object.entries(oracle.images).filter(([, { error }]) => error !== undefined);

/** An image of the data. */
export function imageOf({ file }: Expected): GreyImage {
  const bytes = bytesOf(file);
  return greyOf(readPnm(file.endsWith('.gz') ? gunzipSync(bytes) : bytes));
}

/** The reference's minutiae of the image `name`. */
export function referenceMinutiae(name: string): MinutiaeSource {
  return listedMinutiae(
    readMinutiaeList(new TextDecoder().decode(bytesOf(`minutiae/fingerjetfx/${name}.json`))),
  );
}

/** Rows of the conformance table as numbers by column; rows with an error are left out. */
export function conformanceRows(file: string): readonly ReadonlyMap<string, number>[] {
  const [head = '', ...lines] = new TextDecoder()
    .decode(bytesOf(`nfiq2/conformance/${file}`))
    .trim()
    .split('\n');
  const columns = head.split(',');
  return lines
    .filter((line) => !line.includes('"Error'))
    .map((line) => new Map(line.split(',').map((value, i) => [columns[i] ?? '', Number(value)])));
}
