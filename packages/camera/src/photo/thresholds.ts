/** Criteria of tables 5.2 and 5.3 by their ids. */
export const CRITERION_IDS = [
  ...(['1.1', '1.2', '1.3', '2.1', '2.2', '2.3', '3.1', '3.2', '3.3', '4.1', '4.2', '4.3'] as const),
  ...(['5.1', '5.2', '5.3', '5.4', '5.5', '5.6', '5.7', '6.1', '6.2', '6.3', '6.4'] as const),
  ...(['7.1', '7.2', '7.3', '7.4', '7.5', '7.6'] as const),
] as const;

/** One of {@link CRITERION_IDS}. */
export type CriterionId = (typeof CRITERION_IDS)[number];

/** How a photo came: from a camera in the authority, from a photographer's cloud, or as a scan of paper. */
export type PhotoOrigin = 'live' | 'cloud' | 'scan';

/** What a value of a criterion is counted in; `AU` is a scale of its own. */
export type CriterionUnit = 'deg' | 'px' | 'ratio' | 'AU' | 'code' | 'count';

/** What a criterion asks, from the guideline. */
export interface Criterion {
  readonly id: CriterionId;
  readonly name: string;
  readonly isMandatory: boolean;
  readonly unit: CriterionUnit;
}

/** Bounds of a value: it can be `min` to `max` and is good from `tmin` to `tmax`. */
export interface Threshold {
  readonly min: number;
  readonly max: number;
  readonly tmin: number;
  readonly tmax: number;
}

/** A table of thresholds with the text it was taken from. */
export interface ThresholdTable {
  readonly source: string;
  /** Day of issue of that text, or its year. */
  readonly issued: string;
  /** The criteria whose thresholds the guideline fixes, or that other products state for it. */
  readonly thresholds: Readonly<Partial<Record<CriterionId, Threshold>>>;
}

/** Tables 5.2 and 5.3: QA-FI-GENERIC, QA-FI-GID and QA-FI-PT. */
export const CRITERIA: readonly Criterion[] = [
  optional('1.1', 'yaw', 'deg'),
  optional('1.2', 'pitch', 'deg'),
  mandatory('1.3', 'roll', 'deg'),
  optional('2.1', 'neutral expression', 'AU'),
  mandatory('2.2', 'mouth closed', 'AU'),
  optional('2.3', 'no raised eyebrows', 'AU'),
  optional('3.1', 'eyes open', 'AU'),
  optional('3.2', 'no occlusion of the eyes', 'AU'),
  optional('3.3', 'eyes to the camera', 'AU'),
  optional('4.1', 'uniform background', 'AU'),
  optional('4.2', 'no shadows in the background', 'AU'),
  optional('4.3', 'no further people or objects', 'AU'),
  mandatory('5.1', 'image height', 'px'),
  mandatory('5.2', 'image width', 'px'),
  mandatory('5.3', 'head width to image width', 'ratio'),
  mandatory('5.4', 'head height to image height', 'ratio'),
  mandatory('5.5', 'vertical position of the eyes', 'ratio'),
  mandatory('5.6', 'horizontal position of the eyes', 'ratio'),
  mandatory('5.7', 'eye distance', 'px'),
  optional('6.1', 'equally distributed lighting', 'AU'),
  optional('6.2', 'no shadows on the face or in the eye sockets', 'AU'),
  optional('6.3', 'no hot spots on the skin', 'AU'),
  optional('6.4', 'no effects on glasses', 'AU'),
  mandatory('7.1', 'proper exposure', 'AU'),
  mandatory('7.2', 'focus and depth of field', 'AU'),
  optional('7.3', 'no unnatural colours', 'AU'),
  optional('7.4', 'no red eyes', 'AU'),
  mandatory('7.5', 'colour space', 'code'),
  mandatory('7.6', 'grey density and colour saturation', 'count'),
];

const GUIDELINE = { source: 'BSI TR-03121-3 Vol. 2 v6.0, tables 5.2 and 5.3', issued: '2023' } as const;

/** Where no maximum is asked for, the largest value that can be stands for it: the side of the largest picture. */
const NO_MAXIMUM_PX = 65_535;

/** 5.3 to 5.6 as products state them for ISO/IEC 19794-5; not read in the standard itself. */
const PROPORTIONS = {
  '5.3': { min: 0, max: 1, tmin: 0.5, tmax: 0.75 },
  '5.4': { min: 0, max: 1, tmin: 0.6, tmax: 0.9 },
  '5.5': { min: 0, max: 1, tmin: 0.3, tmax: 0.5 },
  '5.6': { min: 0, max: 1, tmin: 0.45, tmax: 0.55 },
} as const;

const POSE = {
  '1.1': { min: -90, max: 90, tmin: -5, tmax: 5 },
  '1.2': { min: -90, max: 90, tmin: -5, tmax: 5 },
  '1.3': { min: -180, max: 180, tmin: -8, tmax: 8 },
} as const;

const LIVE = {
  ...POSE,
  ...PROPORTIONS,
  '5.1': { min: 0, max: NO_MAXIMUM_PX, tmin: 1600, tmax: 1600 },
  '5.2': { min: 0, max: NO_MAXIMUM_PX, tmin: 1244, tmax: 1244 },
  '5.7': { min: 0, max: NO_MAXIMUM_PX, tmin: 300, tmax: NO_MAXIMUM_PX },
} as const;

/** Thresholds by the origin of the photo. They are the same for adults and children; what differs is the template. */
export const THRESHOLDS = {
  live: { ...GUIDELINE, thresholds: LIVE },
  cloud: { ...GUIDELINE, thresholds: LIVE },
  scan: {
    ...GUIDELINE,
    thresholds: {
      ...LIVE,
      '5.1': { min: 0, max: NO_MAXIMUM_PX, tmin: 800, tmax: 800 },
      '5.2': { min: 0, max: NO_MAXIMUM_PX, tmin: 622, tmax: 622 },
      '5.7': { min: 0, max: NO_MAXIMUM_PX, tmin: 120, tmax: NO_MAXIMUM_PX },
    },
  },
} as const satisfies Readonly<Record<PhotoOrigin, ThresholdTable>>;

function mandatory(id: CriterionId, name: string, unit: CriterionUnit): Criterion {
  return { id, name, isMandatory: true, unit };
}

function optional(id: CriterionId, name: string, unit: CriterionUnit): Criterion {
  return { id, name, isMandatory: false, unit };
}
