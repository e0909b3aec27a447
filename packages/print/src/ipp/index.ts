export {
  AttributeSet,
  booleanAttribute,
  groupOf,
  groupsOf,
  numberAttribute,
  stringAttribute,
  textOf,
} from './attributes.js';
export {
  isSuccess,
  JOB_STATES,
  jobStateOf,
  OPERATION,
  PRINTER_STATES,
  printerStateOf,
  STATUS,
  statusName,
} from './codes.js';
export type { JobState, OperationName, PrinterState, StatusName } from './codes.js';
export type { IppAttribute, IppDateTime, IppGroup, IppMessage, IppValue } from './message.js';
export { readIppMessage } from './read-message.js';
export type { IppLimits } from './read-message.js';
export { attentionOf, parseStateReason, parseStateReasons } from './state-reasons.js';
export type { AttentionReason, Severity, StateReason } from './state-reasons.js';
export { GROUP_TAGS, OUT_OF_BAND_TAGS, STRING_TAGS } from './tags.js';
export type { GroupName, OutOfBand, StringSyntax } from './tags.js';
export { writeIppMessage } from './write-message.js';
