import { datasetReader, readText, readU64 } from './fields.js';

/** A memory card, or memory that is built in (ISO 15740, 5.5.3). */
export interface StorageInfo {
  /** 1 fixed ROM, 2 removable ROM, 3 fixed RAM, 4 removable RAM (a card). */
  readonly storageType: number;
  /** 1 flat, 2 hierarchical, 3 DCF. */
  readonly filesystemType: number;
  /** 0 read and write, 1 read only, 2 read only and delete. */
  readonly accessCapability: number;
  readonly capacityBytes: number;
  readonly freeBytes: number;
  /** Photos that still fit; undefined where the camera does not tell. */
  readonly freePhotos?: number;
  readonly description: string;
  readonly label: string;
}

const UNKNOWN = 0xffff_ffff;

/** The dataset StorageInfo. InputError `truncated` with the offset. */
export function readStorageInfo(bytes: Uint8Array): StorageInfo {
  const reader = datasetReader(bytes);
  const storageType = reader.u16();
  const filesystemType = reader.u16();
  const accessCapability = reader.u16();
  const capacityBytes = readU64(reader);
  const freeBytes = readU64(reader);
  const freePhotos = reader.u32();
  return {
    storageType,
    filesystemType,
    accessCapability,
    capacityBytes,
    freeBytes,
    ...(freePhotos === UNKNOWN ? {} : { freePhotos }),
    description: readText(reader),
    label: readText(reader),
  };
}
