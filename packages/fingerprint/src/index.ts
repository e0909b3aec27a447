export { checkedCaptureRequest, checkedSlapRequest } from './capture-request.js';
export type { CheckedFingerRequest, CheckedSlapRequest, CheckedTerms } from './capture-request.js';
export {
  FINGER_CODE,
  FINGER_POSITIONS,
  FINGER_TITLE,
  fingerOfCode,
  isFingerPosition,
  isSlapPosition,
  SLAP_CODE,
  SLAP_FINGERS,
  SLAP_POSITIONS,
  SLAP_TITLE,
} from './finger-position.js';
export type { FingerPosition, SlapPosition } from './finger-position.js';
export { DEFAULT_CAPTURE_PATIENCE_MS, FINGERPRINT_SCANNER } from './fingerprint-scanner.js';
export type {
  CaptureTerms,
  FingerCaptured,
  FingerprintCapabilities,
  FingerprintCaptured,
  FingerprintEvent,
  FingerprintPreview,
  FingerprintQuality,
  FingerprintRequest,
  FingerprintScanner,
  FingerprintWaiting,
  FingerRequest,
  SlapCaptured,
  SlapRequest,
} from './fingerprint-scanner.js';
export { liveQuality } from './live-quality/live-quality.js';
export type { LiveFinger } from './live-quality/live-finger.js';
export type { LiveQuality } from './live-quality/live-quality.js';
export { LIVE_STATUS_TEXT, RETRY_TEXT } from './live-status.js';
export type { LiveStatus, RetryReason } from './live-status.js';
export type {
  Fingertip,
  FingerSegment,
  SlapSegmentation,
  TurnedBox,
} from './segmentation/slap-segmentation.js';
export { uru4500, uru4500Driver } from './uru4500/driver.js';
export type { Uru4500Options } from './uru4500/driver.js';
export { isPadAlarm } from './process/pad-result.js';
export type { PadResult } from './process/pad-result.js';
