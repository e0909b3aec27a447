export { findFingertips } from './find-fingertips.js';
export { segmentationOverlay } from './overlay.js';
export { paddedEvenly } from './pad.js';
export { resampledTo500 } from './resample.js';
export { segmentSlap } from './segment-slap.js';
export type { Fingertip, FingerSegment, SlapSegmentation, TurnedBox } from './slap-segmentation.js';
