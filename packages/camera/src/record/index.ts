export { readDataGroup2, writeDataGroup2 } from './data-group-2.js';
export { FACE_RECORD_OVERHEAD, readFaceRecord, writeFaceRecord } from './face-record.js';
export type {
  FaceColourSpace,
  FaceImage,
  FaceImageFormat,
  FaceImageType,
  FaceSource,
  FeaturePoint,
} from './face-record.js';
