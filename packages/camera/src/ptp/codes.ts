/**
 * Codes of PTP (ISO 15740; PIMA 15740:2000) and of the two makers whose extensions the drivers speak. Makers publish
 * none of theirs: these are facts that libgphoto2 (`camlibs/ptp2/ptp.h`) and recorded sessions show.
 */

/** Operations. */
export const OPERATION = {
  getDeviceInfo: 0x1001,
  openSession: 0x1002,
  closeSession: 0x1003,
  getStorageIds: 0x1004,
  getStorageInfo: 0x1005,
  getObjectHandles: 0x1007,
  getObjectInfo: 0x1008,
  getObject: 0x1009,
  getThumb: 0x100a,
  deleteObject: 0x100b,
  initiateCapture: 0x100e,
  getDevicePropDesc: 0x1014,
  getDevicePropValue: 0x1015,
  setDevicePropValue: 0x1016,
  getPartialObject: 0x101b,
} as const;

/** Operations of Canon's EOS cameras. */
export const EOS_OPERATION = {
  remoteRelease: 0x910f,
  setDevicePropValueEx: 0x9110,
  setRemoteMode: 0x9114,
  setEventMode: 0x9115,
  getEvent: 0x9116,
  transferComplete: 0x9117,
  pcHddCapacity: 0x911a,
  keepDeviceOn: 0x911d,
  remoteReleaseOn: 0x9128,
  remoteReleaseOff: 0x9129,
  getViewFinderData: 0x9153,
} as const;

/** Operations of Nikon's cameras. */
export const NIKON_OPERATION = {
  captureToMemory: 0x90c0,
  getEvent: 0x90c7,
  deviceReady: 0x90c8,
  focusAndCaptureToMemory: 0x90cb,
  startLiveView: 0x9201,
  endLiveView: 0x9202,
  getLiveViewImage: 0x9203,
  captureToMedia: 0x9207,
  getEventEx: 0x941c,
} as const;

/** Events. */
export const EVENT = {
  cancelTransaction: 0x4001,
  objectAdded: 0x4002,
  deviceInfoChanged: 0x4008,
  requestObjectTransfer: 0x4009,
  storeFull: 0x400a,
  captureComplete: 0x400d,
} as const;

/** Events of Nikon's cameras. */
export const NIKON_EVENT = { objectAddedInMemory: 0xc101, captureCompleteInMemory: 0xc102 } as const;

/** Responses. */
export const RESPONSE = {
  ok: 0x2001,
  generalError: 0x2002,
  sessionNotOpen: 0x2003,
  operationNotSupported: 0x2005,
  parameterNotSupported: 0x2006,
  invalidStorageId: 0x2008,
  invalidObjectHandle: 0x2009,
  devicePropNotSupported: 0x200a,
  storeFull: 0x200c,
  objectWriteProtected: 0x200d,
  storeReadOnly: 0x200e,
  accessDenied: 0x200f,
  storeNotAvailable: 0x2013,
  deviceBusy: 0x2019,
  invalidParameter: 0x201d,
  sessionAlreadyOpen: 0x201e,
  transactionCancelled: 0x201f,
} as const;

/** Responses of Canon's EOS cameras. */
export const EOS_RESPONSE = { lensCoverClosed: 0xa006, lowBattery: 0xa101, notReady: 0xa102 } as const;

/** Responses of Nikon's cameras. */
export const NIKON_RESPONSE = { outOfFocus: 0xa002, invalidStatus: 0xa004, notLiveView: 0xa00b } as const;

/** Formats of objects. */
export const FORMAT = { association: 0x3001, exifJpeg: 0x3801, jfif: 0x3808 } as const;

/** Device properties. */
export const PROPERTY = {
  batteryLevel: 0x5001,
  imageSize: 0x5003,
} as const;

/** Device properties of Canon's EOS cameras. */
export const EOS_PROPERTY = {
  availableShots: 0xd11b,
  captureDestination: 0xd11c,
  viewFinderOutput: 0xd1b0,
  viewFinderMode: 0xd1b3,
} as const;

/** Device properties of Nikon's cameras. */
export const NIKON_PROPERTY = { recordingMedia: 0xd10b } as const;

/** Vendor extension ids of DeviceInfo. */
export const VENDOR = { nikon: 0x0a, canon: 0x0b, microsoft: 0x06 } as const;

const RESPONSE_WORDS = new Map<number, string>(
  Object.entries({ ...RESPONSE }).map(([name, code]) => [
    code,
    name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
  ]),
);

/** A response in words, with its code: `store full (0x200c)`. */
export function responseWords(code: number): string {
  return `${RESPONSE_WORDS.get(code) ?? 'a response of the maker'} (${codeText(code)})`;
}

/** A code as documents write it: `0x100e`. */
export function codeText(code: number): string {
  return `0x${code.toString(16).padStart(4, '0')}`;
}
