export { PRINTER } from './printer.js';
export type {
  ClearedJobs,
  ColorMode,
  PrintDocument,
  Printer,
  PrinterCapabilities,
  PrinterStatus,
  PrintEvent,
  PrintOptions,
  Sides,
  Supply,
} from './printer.js';
export { attentionOf, parseStateReason, parseStateReasons } from './ipp/state-reasons.js';
export type { AttentionReason, Severity, StateReason } from './ipp/state-reasons.js';
export { jobName, printOrder } from './print-order.js';
export type { PrintOrder } from './print-order.js';
export { IppClient } from './client/ipp-client.js';
export type { IppAddress, IppRequest } from './client/ipp-client.js';
export { addressOf, ippPort } from './drivers/ipp-address.js';
export { ippDriver } from './drivers/ipp-driver.js';
export type { IppDriverOptions } from './drivers/ipp-driver.js';
export type { IppPrinterOptions } from './drivers/ipp-printer-options.js';
export { memoryJournal } from './jobs/job-journal.js';
export type { JobJournal, JobNote } from './jobs/job-journal.js';
export { JournalError } from './jobs/journal-error.js';
export { ippUsbDriver, usbPrinterDriver } from './usb/usb-drivers.js';
export type { PageRenderer } from './page-renderer.js';
export { germanAttention, germanPrintFailure } from './texts-de.js';
export type { RasterCanvas, RasterColor, RasterPage } from './raster/index.js';
