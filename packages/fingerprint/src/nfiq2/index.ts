export type { Minutia, MinutiaType } from '../minutiae/minutia.js';
export { cropPrint, MAX_PRINT_HEIGHT, MAX_PRINT_WIDTH, PRINT_PPI } from './crop.js';
export type { CroppedPrint, PrintCrop } from './crop.js';
export type { BlockStatistics } from './block-statistics.js';
export { estimateOf } from './estimate/estimate.js';
export { FEEDBACK_LIMITS, FEEDBACK_TEXT, feedbackFaults } from './feedback.js';
export type { ActionableFeedback, FeedbackFault } from './feedback.js';
export {
  isCompactForest,
  MAX_COMPACT_FOREST_BYTES,
  readCompactForest,
  writeCompactForest,
} from './forest/compact-forest.js';
export type { Forest } from './forest/forest.js';
export { isNistForest, NIST_MODEL_HASH, readNistForest } from './forest/nist-forest.js';
export { MAX_FOREST_YAML_BYTES, readForestYaml } from './forest/read-forest-yaml.js';
export { MEASURE_NAMES, MINUTIAE_MEASURE_NAMES } from './measure-names.js';
export type { HistogramPrefix, MeasureName, MinutiaeMeasureName } from './measure-names.js';
export { analysePrint } from './measures.js';
export type { Measures, PrintAnalysis } from './measures.js';
export { listedMinutiae, readMinutiaeList, REFERENCE_EXTRACTOR } from './minutiae-source.js';
export type { MinutiaeList, MinutiaeSource } from './minutiae-source.js';
export { OWN_MINUTIAE } from './own-minutiae.js';
export { reportCandidates } from './reported/reported-minutiae.js';
export { reportedAmong } from './reported/reported-among.js';
export type { ReportCandidates } from './reported/reported-among.js';
export type { ReportEvidence, ReportingModel } from './reported/reporting-chance.js';
export { EVIDENCE as REPORT_EVIDENCE } from './reported/vortex-evidence.js';
export { qualityOverlay } from './overlay.js';
export { assessPrint, qualityOf, scoreOf } from './print-quality.js';
export type { PrintQuality, QualityOptions } from './print-quality.js';
export {
  NFIQ2_V23_QUALITY_ID,
  NIST_QUALITY_VENDOR,
  qualityComponentId,
  qualityComponents,
} from './quality-block.js';
export type { QualityComponents } from './quality-block.js';
export type { RidgeBlocks } from './ridge-blocks.js';
export type { RegionOfInterest } from './roi/region-of-interest.js';
