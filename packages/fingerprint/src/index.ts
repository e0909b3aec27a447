export { checkedCaptureRequest } from './capture-request.js';
export {
  FINGER_CODE,
  FINGER_POSITIONS,
  FINGER_TITLE,
  fingerOfCode,
  isFingerPosition,
} from './finger-position.js';
export type { FingerPosition } from './finger-position.js';
export { DEFAULT_CAPTURE_PATIENCE_MS, FINGERPRINT_SCANNER } from './fingerprint-scanner.js';
export type {
  FingerprintCapabilities,
  FingerprintCaptured,
  FingerprintEvent,
  FingerprintQuality,
  FingerprintRequest,
  FingerprintScanner,
} from './fingerprint-scanner.js';
export { LIVE_STATUS_TEXT, RETRY_TEXT } from './live-status.js';
export type { LiveStatus, RetryReason } from './live-status.js';
export { uru4500, uru4500Driver } from './uru4500/driver.js';
export type { Uru4500Options } from './uru4500/driver.js';
