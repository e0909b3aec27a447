/** The ten fingers by name; left and right are the person's own. */
export type FingerPosition =
  | 'right-thumb'
  | 'right-index'
  | 'right-middle'
  | 'right-ring'
  | 'right-little'
  | 'left-thumb'
  | 'left-index'
  | 'left-middle'
  | 'left-ring'
  | 'left-little';

/** Finger position codes of records and logs (ISO/IEC 19794-4:2005; TR-03121 attribute `fc`). */
export const FINGER_CODE = {
  'right-thumb': 1,
  'right-index': 2,
  'right-middle': 3,
  'right-ring': 4,
  'right-little': 5,
  'left-thumb': 6,
  'left-index': 7,
  'left-middle': 8,
  'left-ring': 9,
  'left-little': 10,
} as const satisfies Record<FingerPosition, number>;

/** German names, for clerk and citizen. */
export const FINGER_TITLE: Readonly<Record<FingerPosition, string>> = {
  'right-thumb': 'rechter Daumen',
  'right-index': 'rechter Zeigefinger',
  'right-middle': 'rechter Mittelfinger',
  'right-ring': 'rechter Ringfinger',
  'right-little': 'rechter kleiner Finger',
  'left-thumb': 'linker Daumen',
  'left-index': 'linker Zeigefinger',
  'left-middle': 'linker Mittelfinger',
  'left-ring': 'linker Ringfinger',
  'left-little': 'linker kleiner Finger',
};

/** The ten positions in the order of their codes. */
export const FINGER_POSITIONS: readonly FingerPosition[] = [
  'right-thumb',
  'right-index',
  'right-middle',
  'right-ring',
  'right-little',
  'left-thumb',
  'left-index',
  'left-middle',
  'left-ring',
  'left-little',
];

/** True when `name` is one of the ten positions: for what comes from a shell or a configuration. */
export function isFingerPosition(name: string): name is FingerPosition {
  return Object.hasOwn(FINGER_CODE, name);
}

/** The position with `code`, 1 to 10; undefined for every other code (0 is an unknown finger, 13 and above are slaps). */
export function fingerOfCode(code: number): FingerPosition | undefined {
  return FINGER_POSITIONS.find((position) => FINGER_CODE[position] === code);
}

/** Fingers laid down together; left to right on the glass they lie as `SLAP_FINGERS` says. */
export type SlapPosition = 'both-index' | 'both-thumbs' | 'right-four' | 'left-four';

/** Position codes of slaps (ISO/IEC 19794-4:2005 for 13 to 15, TR-03121 for 46). */
export const SLAP_CODE: Readonly<Record<SlapPosition, number>> = {
  'both-index': 46,
  'both-thumbs': 15,
  'right-four': 13,
  'left-four': 14,
};

/** The fingers of each slap, left to right in the image. */
export const SLAP_FINGERS: Readonly<Record<SlapPosition, readonly FingerPosition[]>> = {
  'both-index': ['left-index', 'right-index'],
  'both-thumbs': ['left-thumb', 'right-thumb'],
  'right-four': ['right-index', 'right-middle', 'right-ring', 'right-little'],
  'left-four': ['left-little', 'left-ring', 'left-middle', 'left-index'],
};

/** German names of slaps, for clerk and citizen. */
export const SLAP_TITLE: Readonly<Record<SlapPosition, string>> = {
  'both-index': 'beide Zeigefinger',
  'both-thumbs': 'beide Daumen',
  'right-four': 'vier Finger der rechten Hand',
  'left-four': 'vier Finger der linken Hand',
};

/** The four slaps, the one of German identity documents first. */
export const SLAP_POSITIONS: readonly SlapPosition[] = [
  'both-index',
  'both-thumbs',
  'right-four',
  'left-four',
];

/** True when `name` is one of the slaps: for what comes from a shell or a configuration. */
export function isSlapPosition(name: string): name is SlapPosition {
  return Object.hasOwn(SLAP_CODE, name);
}
