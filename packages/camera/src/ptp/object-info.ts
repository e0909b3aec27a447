import { FORMAT } from './codes.js';
import { datasetReader, readText } from './fields.js';

/** A file or folder in the camera (ISO 15740, 5.5.3 ObjectInfo). */
export interface ObjectInfo {
  readonly storage: number;
  readonly format: number;
  /** 0 none, 1 read only. */
  readonly protection: number;
  /** 2³² - 1 stands for anything that large or larger. */
  readonly sizeBytes: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Handle of the folder, 0 for the top. */
  readonly parent: number;
  readonly fileName: string;
  /** Of the camera's clock, as it writes it: `20261120T140322.0`. Empty where it has none. */
  readonly capturedAt: string;
}

/** The dataset ObjectInfo. InputError `truncated` with the offset. */
export function readObjectInfo(bytes: Uint8Array): ObjectInfo {
  const reader = datasetReader(bytes);
  const storage = reader.u32();
  const format = reader.u16();
  const protection = reader.u16();
  const sizeBytes = reader.u32();
  // The thumbnail: format, size, width, height.
  reader.skip(14);
  const widthPx = reader.u32();
  const heightPx = reader.u32();
  // Its depth in bits.
  reader.skip(4);
  const parent = reader.u32();
  // Kind of the folder, its description, and the number in a series.
  reader.skip(10);
  return {
    storage,
    format,
    protection,
    sizeBytes,
    widthPx,
    heightPx,
    parent,
    fileName: readText(reader),
    capturedAt: reader.remaining === 0 ? '' : readText(reader),
  };
}

/** Whether an object of `format` is a JPEG; a folder, a raw image and a film are none. */
export function isJpegFormat(format: number): boolean {
  return format === FORMAT.exifJpeg || format === FORMAT.jfif;
}
