/** Measures whose values are counted in ten bins. */
export type HistogramPrefix = 'FDA' | 'LCS' | 'OCL' | 'OF' | 'RVUP';

/** The four measures that need minutiae. */
export type MinutiaeMeasureName =
  | 'FingerJetFX_MinCount_COMMinRect200x200'
  | 'FingerJetFX_MinutiaeCount'
  | 'FJFXPos_Mu_MinutiaeQuality_2'
  | 'FJFXPos_OCL_MinutiaeQuality_80';

/** The native quality measures by the names of the reference implementation. */
export type MeasureName =
  | `${HistogramPrefix}_Bin10_${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 'Mean' | 'StdDev'}`
  | MinutiaeMeasureName
  | 'ImgProcROIArea_Mean'
  | 'MMB'
  | 'Mu'
  | 'OrientationMap_ROIFilter_CoherenceRel'
  | 'OrientationMap_ROIFilter_CoherenceSum';

/** The measures of one histogram, in order. */
export function histogramNames(prefix: HistogramPrefix): readonly MeasureName[] {
  const parts = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 'Mean', 'StdDev'] as const;
  return parts.map((part): MeasureName => `${prefix}_Bin10_${part}`);
}

/** The measures that need minutiae, in order. */
export const MINUTIAE_MEASURE_NAMES: readonly MinutiaeMeasureName[] = [
  'FingerJetFX_MinCount_COMMinRect200x200',
  'FingerJetFX_MinutiaeCount',
  'FJFXPos_Mu_MinutiaeQuality_2',
  'FJFXPos_OCL_MinutiaeQuality_80',
];

/** All 69 measures in the order of the random forest's variables 0 to 68. */
export const MEASURE_NAMES: readonly MeasureName[] = [
  ...histogramNames('FDA'),
  ...MINUTIAE_MEASURE_NAMES,
  'ImgProcROIArea_Mean',
  ...histogramNames('LCS'),
  'MMB',
  'Mu',
  ...histogramNames('OCL'),
  ...histogramNames('OF'),
  'OrientationMap_ROIFilter_CoherenceRel',
  'OrientationMap_ROIFilter_CoherenceSum',
  ...histogramNames('RVUP'),
];
