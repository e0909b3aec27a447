export { InputError, SdkError } from './error.js';
export type { ErrorDetails, ErrorKind, ErrorShape, InputErrorCode } from './error.js';
