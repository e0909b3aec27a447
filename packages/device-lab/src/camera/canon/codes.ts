/**
 * Operations of Canon's EOS extension. Numbers as public programs name them (libgphoto2, `camlibs/ptp2/ptp.h`), and
 * as a recorded EOS 60D lists them.
 */
export const EOS_OPERATION = {
  getStorageIds: 0x9101,
  getStorageInfo: 0x9102,
  getPartialObject: 0x9107,
  getDeviceInfoEx: 0x9108,
  remoteRelease: 0x910f,
  setDevicePropValueEx: 0x9110,
  setRemoteMode: 0x9114,
  setEventMode: 0x9115,
  getEvent: 0x9116,
  transferComplete: 0x9117,
  cancelTransfer: 0x9118,
  resetTransfer: 0x9119,
  pcHddCapacity: 0x911a,
  setUiLock: 0x911b,
  resetUiLock: 0x911c,
  keepDeviceOn: 0x911d,
  requestDevicePropValue: 0x9127,
  remoteReleaseOn: 0x9128,
  remoteReleaseOff: 0x9129,
  initiateViewfinder: 0x9151,
  terminateViewfinder: 0x9152,
  getViewfinderData: 0x9153,
  doAutofocus: 0x9154,
} as const;

/** Types of the records that GetEvent brings. */
export const EOS_RECORD = {
  objectAdded: 0xc181,
  requestObjectTransfer: 0xc186,
  propertyChanged: 0xc189,
  choicesChanged: 0xc18a,
} as const;

/** Sent on the event pipe: records wait for GetEvent. */
export const REQUEST_GET_EVENT = 0xc101;

/** Properties that are numbers. */
export const EOS_PROPERTY = {
  aperture: 0xd101,
  shutterSpeed: 0xd102,
  isoSpeed: 0xd103,
  exposureMode: 0xd105,
  focusMode: 0xd108,
  whiteBalance: 0xd109,
  batteryPower: 0xd111,
  availableShots: 0xd11b,
  captureDestination: 0xd11c,
  currentStorage: 0xd11e,
  viewfinderOutput: 0xd1b0,
  viewfinderMode: 0xd1b1,
} as const;

/** Properties that are texts, told of on request only. */
export const EOS_TEXT = { owner: 0xd115, serialNumber: 0xd1af, artist: 0xd1d0, copyright: 0xd1d1 } as const;

/** Responses of Canon's own: the viewfinder has no frame yet. */
export const OBJECT_NOT_READY = 0xa102;
