import { DeviceError, type DeviceErrorCode } from '@buergerkoffer/core';
import { codeText, EOS_RESPONSE, RESPONSE, responseWords } from '../ptp/codes.js';

interface Meaning {
  readonly code: DeviceErrorCode;
  readonly remedy?: string;
}

const CARD = 'look at the memory card: empty it, put it in, or slide its lock; then repeat';

const MEANINGS: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [RESPONSE.deviceBusy, { code: 'busy', remedy: 'wait until the camera has stored its photos, then repeat' }],
  [RESPONSE.operationNotSupported, { code: 'unsupported' }],
  [RESPONSE.parameterNotSupported, { code: 'unsupported' }],
  [RESPONSE.devicePropNotSupported, { code: 'unsupported' }],
  [RESPONSE.invalidObjectHandle, { code: 'invalid-request' }],
  [RESPONSE.invalidParameter, { code: 'invalid-request' }],
  [RESPONSE.storeFull, { code: 'attention', remedy: CARD }],
  [RESPONSE.storeReadOnly, { code: 'attention', remedy: CARD }],
  [RESPONSE.storeNotAvailable, { code: 'attention', remedy: CARD }],
  [RESPONSE.accessDenied, { code: 'attention', remedy: 'unlock the camera, and leave its menus' }],
  [EOS_RESPONSE.lowBattery, { code: 'attention', remedy: 'charge or change the battery of the camera' }],
  [EOS_RESPONSE.lensCoverClosed, { code: 'attention', remedy: 'take the cover off the lens' }],
]);

/** The error that a response other than OK is: `protocol` where its code says nothing better. */
export function refusal(operation: number, response: number): DeviceError {
  const { code, remedy } = MEANINGS.get(response) ?? { code: 'protocol' as const };
  const message = `the camera answers operation ${codeText(operation)} with ${responseWords(response)}`;
  return new DeviceError(code, message, { remedy });
}
