import { datasetReader, readText, readU16s } from './fields.js';

/** What a camera says about itself (ISO 15740, 5.5.2). */
export interface PtpDeviceInfo {
  /** Version of the standard, in hundredths. */
  readonly standardVersion: number;
  readonly vendorExtensionId: number;
  readonly vendorExtension: string;
  readonly operations: ReadonlySet<number>;
  readonly events: ReadonlySet<number>;
  readonly properties: ReadonlySet<number>;
  /** Formats that it makes. */
  readonly captureFormats: readonly number[];
  readonly manufacturer: string;
  readonly model: string;
  readonly deviceVersion: string;
  /** Of the body; some cameras give none, others one of zeros. */
  readonly serialNumber: string;
}

/** The dataset DeviceInfo. InputError `truncated` with the offset where it ends too early. */
export function readDeviceInfo(bytes: Uint8Array): PtpDeviceInfo {
  const reader = datasetReader(bytes);
  const standardVersion = reader.u16();
  const vendorExtensionId = reader.u32();
  // The version of the extension: makers put anything here.
  reader.skip(2);
  const vendorExtension = readText(reader);
  // The functional mode.
  reader.skip(2);
  const operations = new Set(readU16s(reader));
  const events = new Set(readU16s(reader));
  const properties = new Set(readU16s(reader));
  const captureFormats = readU16s(reader);
  // The formats that it can show.
  readU16s(reader);
  return {
    standardVersion,
    vendorExtensionId,
    vendorExtension,
    operations,
    events,
    properties,
    captureFormats,
    manufacturer: readText(reader),
    model: readText(reader),
    deviceVersion: reader.remaining === 0 ? '' : readText(reader),
    serialNumber: reader.remaining === 0 ? '' : readText(reader),
  };
}
