export { assessFace } from './assess-face.js';
export type { FaceMeasurement, FaceQuality, MeasureNote } from './assess-face.js';
export { FACE_MEASURES } from './face-measure.js';
export type { FaceMeasure } from './face-measure.js';
export type { FaceToAssess } from './face-to-assess.js';
export { FAILURE_TO_ASSESS, scalarOf } from './scalar.js';
