export { compareMinutiae, isMatch, MATCH_THRESHOLD, MATCHER, MATCHER_VERSION } from './compare-minutiae.js';
export type { MinutiaeComparison } from './compare-minutiae.js';
export { extractMinutiae, MAX_MINUTIAE } from './extract-minutiae.js';
export type { ExtractionOptions } from './extract-minutiae.js';
export { MAX_COMPARED, matchTemplate } from './match-template.js';
export type { MatchTemplate, Neighbourhood } from './match-template.js';
export type { Minutia, MinutiaType } from './minutia.js';
export { readMinutiaeRecord, writeMinutiaeRecord } from './minutiae-record.js';
export type { MinutiaeRecord, MinutiaeView } from './minutiae-record.js';
