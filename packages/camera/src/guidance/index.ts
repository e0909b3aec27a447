export { drawGuide } from './draw-guide.js';
export type { Guide } from './draw-guide.js';
export { faultsOn, nextGuidance } from './guidance.js';
export type { Guidance, GuidanceSettings } from './guidance.js';
export type { GuidanceStatus, ObservedFrame } from './observed-frame.js';
export { liveGuidance } from './live-guidance.js';
export type { LiveGuidanceOptions } from './live-guidance.js';
export {
  LIVE_STATUS_AT_REST_EASY_TEXT,
  LIVE_STATUS_EASY_TEXT,
  LIVE_STATUS_OPERATOR_TEXT,
  LIVE_STATUS_TEXT,
} from './texts-de.js';
