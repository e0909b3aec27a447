/** One finger of a frame. */
export interface LiveFinger {
  readonly score: number;
  /** Skin on the glass, above and below the joint, in square millimetres. */
  readonly areaMm2: number;
  /** Share of the skin that is dark: about 0.4; less when it is dry or hardly pressed, more when wet or pressed hard. */
  readonly darkShare: number;
  /** How much the ridges beside each other run one way, 0 to 1. */
  readonly coherence: number;
  /** How much of each edge of the glass the finger reaches over, in millimetres. */
  readonly cutMm: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
  /** Where its middle lies, in millimetres from the top left of the glass. */
  readonly middleMm: { readonly x: number; readonly y: number };
  /** How long it is on the glass, from the tip on, in millimetres. */
  readonly lengthMm: number;
}
