import { MEASURE_NAMES, type MeasureName } from './measure-names.js';
import type { Measures } from './measures.js';

/**
 * Identifiers of quality algorithms that NIST registered as CBEFF vendor 0x0101 (ISO/IEC 29794-4 quality
 * blocks).
 */
export const NIST_QUALITY_VENDOR = 0x0101;
/** The identifier of NFIQ 2 v2.3 in the list of that vendor. */
export const NFIQ2_V23_QUALITY_ID = 0x39;

interface Component {
  /** CBEFF quality algorithm identifier of NIST. */
  readonly id: number;
  /** The native measure as 0 (worst end of the scale) to 100. */
  readonly scale: (native: number) => number;
}

/** Share of the range, in 101 steps; the largest value stays 100. */
function known(least: number, most: number): (native: number) => number {
  return (native) => Math.floor(101 * ((native - least) / (most - least + Number.EPSILON)));
}

function atMost100(native: number): number {
  return Math.trunc(Math.min(native, 100));
}

function sigmoid(native: number): number {
  return Math.floor(100 * (1 + Math.exp((1 - native) / 0.5)) ** -1 + 0.5);
}

const DEGREE = Math.PI / 180;
const LEAST_FLOW = (0 - 4 * DEGREE) / (90 * DEGREE - 4 * DEGREE);
const MOST_FLOW = (180 * DEGREE - 4 * DEGREE) / (90 * DEGREE - 4 * DEGREE);

const COMPONENTS: Readonly<Partial<Record<MeasureName, Component>>> = {
  OCL_Bin10_Mean: { id: 0x22, scale: known(0, 1) },
  OCL_Bin10_StdDev: { id: 0x23, scale: known(0, 1) },
  LCS_Bin10_Mean: { id: 0x24, scale: known(0, 1) },
  LCS_Bin10_StdDev: { id: 0x25, scale: known(0, 1) },
  FDA_Bin10_Mean: { id: 0x26, scale: known(0, 1) },
  FDA_Bin10_StdDev: { id: 0x27, scale: known(0, 1) },
  RVUP_Bin10_Mean: { id: 0x28, scale: sigmoid },
  RVUP_Bin10_StdDev: { id: 0x29, scale: sigmoid },
  OF_Bin10_Mean: { id: 0x2a, scale: known(LEAST_FLOW, MOST_FLOW) },
  OF_Bin10_StdDev: { id: 0x2b, scale: known(0, 1) },
  Mu: { id: 0x2c, scale: known(0, 255) },
  MMB: { id: 0x2d, scale: known(0, 255) },
  FingerJetFX_MinutiaeCount: { id: 0x2e, scale: atMost100 },
  FingerJetFX_MinCount_COMMinRect200x200: { id: 0x2f, scale: atMost100 },
  FJFXPos_Mu_MinutiaeQuality_2: { id: 0x30, scale: known(0, 1) },
  FJFXPos_OCL_MinutiaeQuality_80: { id: 0x31, scale: known(0, 1) },
  ImgProcROIArea_Mean: { id: 0x32, scale: known(0, 255) },
  OrientationMap_ROIFilter_CoherenceSum: { id: 0x33, scale: known(0, 3150) },
  OrientationMap_ROIFilter_CoherenceRel: { id: 0x34, scale: known(0, 1) },
};

/** Quality components 0 to 100; histogram bins have none, and what was not measured is absent. */
export type QualityComponents = Readonly<Partial<Record<MeasureName, number>>>;

/** Maps native measures to 0..100 as ISO/IEC 29794-4 quality blocks carry them. */
export function qualityComponents(measures: Measures): QualityComponents {
  const components: Partial<Record<MeasureName, number>> = {};
  for (const name of MEASURE_NAMES) {
    const native = measures[name];
    const component = COMPONENTS[name];
    if (native === undefined || component === undefined || Number.isNaN(native)) continue;
    components[name] = component.scale(native) & 0xff;
  }
  return components;
}

/** CBEFF quality algorithm identifier of a measure's component; none for the bins of histograms. */
export function qualityComponentId(name: MeasureName): number | undefined {
  return COMPONENTS[name]?.id;
}
