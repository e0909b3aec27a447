export { ptpIpDriver, ptpIpPort, ptpUsbDriver } from './cameras/ptp-drivers.js';
export type { PtpIpDriverOptions } from './cameras/ptp-drivers.js';
export { CAMERA } from './camera.js';
export type {
  Camera,
  CameraCapabilities,
  CameraEvent,
  CaptureRequest,
  LiveStatus,
  PreviewFrame,
  RetryReason,
  Shutter,
} from './camera.js';
export { planCapture } from './capture-plan.js';
export type { CapturePlan } from './capture-plan.js';
export { readPhotoExif } from './exif/photo-exif.js';
export type { PhotoExif } from './exif/photo-exif.js';
export { centreCrop, DIGITAL_ASPECT, PRINT_ASPECT } from './photo/centre-crop.js';
export type { CropPlacement } from './photo/centre-crop.js';
export type { FacePoints, Point } from './photo/face-points.js';
export { photoFromFile } from './photo/from-file.js';
export type { PhotoLimits } from './photo/from-file.js';
export { uprightSize } from './photo/photo.js';
export type { Orientation, Photo } from './photo/photo.js';
