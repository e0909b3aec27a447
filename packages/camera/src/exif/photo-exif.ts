import exifr from 'exifr';

/** What the log of a facial image wants of Exif (BSI TR-03121-3 Vol. 2 v6.0, LOG-FI-GENERIC); nothing about persons. */
export interface PhotoExif {
  /** In seconds. */
  readonly exposureTimeS?: number;
  readonly fNumber?: number;
  readonly focalLengthMm?: number;
  /** As if on 35-mm film. */
  readonly focalLength35Mm?: number;
  readonly isoSpeed?: number;
  readonly lensModel?: string;
  /** DateTimeOriginal of the camera's clock: `2026-11-20T14:03:22`, without time zone. */
  readonly takenAt?: string;
}

/** Exif stands in front of the image; what lies behind is not searched. In bytes. */
const SEARCHED_BYTES = 512 * 1024;
const OPTIONS = {
  tiff: true,
  exif: true,
  ifd1: false,
  gps: false,
  interop: false,
  makerNote: false,
  userComment: false,
  xmp: false,
  icc: false,
  iptc: false,
  jfif: false,
  reviveValues: false,
  translateValues: false,
  pick: [
    'ExposureTime',
    'FNumber',
    'FocalLength',
    'FocalLengthIn35mmFormat',
    'ISO',
    'LensModel',
    'DateTimeOriginal',
  ],
};

/** The fields in the Exif of a JPEG. A field that is absent or makes no sense is left out; never rejects. */
export async function readPhotoExif(bytes: Uint8Array): Promise<PhotoExif> {
  const tags = await tagsOf(bytes.slice(0, SEARCHED_BYTES));
  const exif = {
    exposureTimeS: positive(tags['ExposureTime']),
    fNumber: positive(tags['FNumber']),
    focalLengthMm: positive(tags['FocalLength']),
    focalLength35Mm: positive(tags['FocalLengthIn35mmFormat']),
    isoSpeed: positive(tags['ISO']),
    lensModel: words(tags['LensModel']),
    takenAt: dateTime(tags['DateTimeOriginal']),
  };
  const known = Object.entries(exif).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known);
}

async function tagsOf(bytes: Uint8Array): Promise<Readonly<Record<string, unknown>>> {
  try {
    const tags: unknown = await exifr.parse(bytes, OPTIONS);
    return typeof tags === 'object' && tags !== null ? { ...tags } : {};
  } catch {
    // The library has no words for what is wrong, and the photo is good without.
    return {};
  }
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
}

function words(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.replace(/\0.*$/su, '').trim().slice(0, 200);
  return text === '' ? undefined : text;
}

/** `2026:11:20 14:03:22` as ISO 8601. */
function dateTime(value: unknown): string | undefined {
  const parts = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)/.exec(typeof value === 'string' ? value : '');
  if (parts === null || parts[1] === '0000') return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  return Number.isNaN(Date.parse(`${text}Z`)) ? undefined : text;
}
