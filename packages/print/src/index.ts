export { PRINTER } from './printer.js';
export type {
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
