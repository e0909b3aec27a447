/** What a minutia is: where a ridge ends, where it forks, or undecided (ISO/IEC 19794-2:2005, 7.3.2). */
export type MinutiaType = 'ending' | 'bifurcation' | 'other';

/** One minutia of a finger image, as ISO/IEC 19794-2:2005 counts: pixels from the top left corner. */
export interface Minutia {
  readonly x: number;
  readonly y: number;
  /**
   * Direction in radians, 0 to below 2 pi, counter-clockwise from the positive x axis as one sees it: from
   * an ending along its ridge, from a bifurcation into the valley between its branches.
   */
  readonly angle: number;
  readonly type: MinutiaType;
  /** 1 (poor) to 100 (good); 0 says that none is given. */
  readonly quality: number;
}
