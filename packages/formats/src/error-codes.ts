/** What can be wrong with bytes, files and values that come from outside. */
export type InputErrorCode =
  | 'truncated'
  | 'malformed'
  | 'checksum'
  | 'out-of-range'
  | 'too-large'
  | 'unsupported'
  | 'not-allowed'
  | 'missing';

/** What can go wrong with a device or the way to it. */
export type DeviceErrorCode =
  | 'access-denied'
  | 'attention'
  | 'busy'
  | 'closed'
  | 'invalid-request'
  | 'lost'
  | 'not-found'
  | 'protocol'
  | 'timeout'
  | 'unsupported';

/** What can go wrong with what lies on disk. */
export type StorageErrorCode = 'full' | 'read-only' | 'corrupt' | 'locked' | 'missing' | 'denied' | 'closed';

/** What can go wrong between here and a remote system. */
export type ServiceErrorCode =
  'unreachable' | 'timeout' | 'refused' | 'rejected' | 'protocol' | 'unauthorized';

/** The closed set of codes of each family of errors, in one place, because each needs its German text. */
export interface ErrorCodes {
  readonly input: InputErrorCode;
  readonly device: DeviceErrorCode;
  readonly storage: StorageErrorCode;
  readonly service: ServiceErrorCode;
}
