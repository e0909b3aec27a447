export { ContractViolation, expectThat, lacks, runContract } from './contract.js';
export type { ContractCase, ContractNeed, ContractResult, DeviceUnderTest } from './contract.js';
export {
  collect,
  deviceContract,
  expectFailure,
  expectRuns,
  PATIENCE_MS,
  withDevice,
} from './device-contract.js';
export { simulatedSubject } from './simulated-subject.js';
export { serialContract, tcpContract } from './transport/byte-contract.js';
export type { LineWay } from './transport/byte-contract.js';
export {
  LINE_ESCAPE,
  LINE_ESCAPED,
  LINE_FLAG,
  LINE_FRAME,
  lineFrame,
  readLineCounts,
  readLineSaying,
  u32Bytes,
  writeLineCounts,
  writeLineSaying,
} from './transport/line-protocol.js';
export type { LineCounts, LineSaying } from './transport/line-protocol.js';
export { fnv1a, Pattern, patternBytes } from './transport/pattern.js';
export { runTransportCase, runTransportContract } from './transport/run-transport-contract.js';
export type { MakeTransportSubject, TransportResult } from './transport/run-transport-contract.js';
export type {
  ReferenceRole,
  TransportCase,
  TransportNeed,
  TransportUnderTest,
} from './transport/transport-under-test.js';
export { usbContract } from './transport/usb-contract.js';
export {
  readUsbCounts,
  readUsbQueued,
  USB_CONTROL_BYTES,
  USB_REFERENCE,
  USB_REQUEST,
  usbReferenceRole,
  writeUsbCounts,
  writeUsbQueued,
} from './transport/usb-protocol.js';
export type { UsbCounts, UsbQueued } from './transport/usb-protocol.js';
export { hidContract } from './transport/hid-contract.js';
export {
  HID_COMMAND,
  HID_REFERENCE,
  hidReferenceRole,
  readHidCommand,
  readHidStatus,
  writeHidCommand,
  writeHidStatus,
} from './transport/hid-protocol.js';
export type {
  HidCommand,
  HidReferenceLayout,
  HidReferenceModel,
  HidStatus,
} from './transport/hid-protocol.js';
export { cardContract } from './transport/card-contract.js';
export {
  CARD_ANSWER_BYTES,
  CARD_COMMAND,
  CARD_DATA_BYTES,
  CARD_REFERENCE,
  CARD_STATUS,
  cardCommand,
  cardNumbers,
  readCardAnswer,
} from './transport/card-protocol.js';
export { httpContract } from './transport/http-contract.js';
export { HTTP_CUT_BYTES, HTTP_GATE_BYTES, HTTP_HELLO, HTTP_REFERENCE } from './transport/http-protocol.js';
export { busContract, hotPlugContract } from './transport/bus-contract.js';
