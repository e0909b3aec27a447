export { readChipTemplate, writeChipRecord, writeChipTemplate } from './chip-record.js';
export type { ChipFinger, ChipPrint } from './chip-record.js';
export { readDg3, writeDg3 } from './dg3.js';
export { decodeFingerImage } from './finger-image.js';
export { readFingerRecord } from './finger-record.js';
export type { FingerRecord } from './finger-record.js';
export type { CaptureDevice, FingerCompression, FingerQuality, FingerView } from './finger-view.js';
