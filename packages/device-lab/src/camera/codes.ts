/** Operations of ISO 15740 that the virtual camera knows. */
export const OPERATION = {
  getDeviceInfo: 0x1001,
  openSession: 0x1002,
  closeSession: 0x1003,
  getStorageIds: 0x1004,
  getStorageInfo: 0x1005,
  getNumObjects: 0x1006,
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

/** Responses of ISO 15740. */
export const RESPONSE = {
  ok: 0x2001,
  sessionNotOpen: 0x2003,
  invalidTransactionId: 0x2004,
  operationNotSupported: 0x2005,
  invalidStorageId: 0x2008,
  invalidObjectHandle: 0x2009,
  devicePropNotSupported: 0x200a,
  invalidObjectFormatCode: 0x200b,
  storeFull: 0x200c,
  accessDenied: 0x200f,
  noThumbnailPresent: 0x2010,
  deviceBusy: 0x2019,
  invalidParentObject: 0x201a,
  invalidDevicePropFormat: 0x201b,
  invalidDevicePropValue: 0x201c,
  invalidParameter: 0x201d,
  sessionAlreadyOpen: 0x201e,
  transactionCancelled: 0x201f,
} as const;

/** Events of ISO 15740. */
export const EVENT = {
  objectAdded: 0x4002,
  storeFull: 0x400a,
  captureComplete: 0x400d,
} as const;

/** Formats of objects (ISO 15740): a folder, a JPEG with or without Exif. */
export const FORMAT = { folder: 0x3001, jpeg: 0x3801 } as const;

/** Stands for all storages or all formats, or for the root of a storage. */
export const ALL = 0xffff_ffff;
/** Operations outside a session have no transaction, nor have events that no operation brought about. */
export const NO_TRANSACTION = { operation: 0, event: 0xffff_ffff } as const;
