/**
 * Whom a template is for: adults, children below 10 years, infants below 6 years (PAuswV, Anhang 3 Abschnitt 2, text
 * of 2022).
 */
export type TemplateName = 'adult' | 'child' | 'infant';

/** A range of lengths as shares of the picture's height, counted from its top where it is a place. */
export interface ShareRange {
  readonly from: number;
  readonly to: number;
}

/** Where a face should lie on the picture; shares of its height, 0 to 1, of its width for `middle`. */
export interface PhotoTemplate {
  readonly name: TemplateName;
  /** Chin to crown without hair: what is asked for. */
  readonly headHeight: ShareRange;
  /** Chin to crown without hair beyond which a printed photo is refused; absent where the law leaves it open. */
  readonly headHeightLimits?: ShareRange;
  /** Line of the eyes, from the top; from the Fotomustertafel's template as products print it. */
  readonly eyes: ShareRange;
  /** Middle of the face, share of the width. */
  readonly middle: ShareRange;
  /** What the crop aims at. */
  readonly target: { readonly headHeight: number; readonly eyes: number; readonly middle: number };
}

/** Height of the printed photo that the law counts in. */
const PRINT_HEIGHT_MM = 45;

const MIDDLE = { from: 0.45, to: 0.55 } as const;

/**
 * The targets of children are larger than the law asks: an eye distance of 300 pixels on 1600 rows needs a head of
 * about two thirds of the height.
 */
const TEMPLATES: Readonly<Record<TemplateName, PhotoTemplate>> = {
  adult: {
    name: 'adult',
    headHeight: heights(32, 36),
    headHeightLimits: heights(27, 40),
    eyes: fromBelow(22, 32),
    middle: MIDDLE,
    target: { headHeight: 0.74, eyes: 0.42, middle: 0.5 },
  },
  child: {
    name: 'child',
    headHeight: heights(22, 36),
    headHeightLimits: heights(17, 40),
    eyes: fromBelow(18, 32),
    middle: MIDDLE,
    target: { headHeight: 0.72, eyes: 0.44, middle: 0.5 },
  },
  infant: {
    name: 'infant',
    headHeight: heights(22, 36),
    eyes: fromBelow(18, 32),
    middle: MIDDLE,
    target: { headHeight: 0.72, eyes: 0.46, middle: 0.5 },
  },
};

/** The template of this name. */
export function photoTemplate(name: TemplateName): PhotoTemplate {
  return TEMPLATES[name];
}

/** The template for a person of this age in whole years. */
export function templateForAge(years: number): PhotoTemplate {
  return TEMPLATES[years < 6 ? 'infant' : years < 10 ? 'child' : 'adult'];
}

function heights(fromMm: number, toMm: number): ShareRange {
  return { from: fromMm / PRINT_HEIGHT_MM, to: toMm / PRINT_HEIGHT_MM };
}

/** Millimetres above the lower edge as shares from the top. */
function fromBelow(lowestMm: number, highestMm: number): ShareRange {
  return { from: 1 - highestMm / PRINT_HEIGHT_MM, to: 1 - lowestMm / PRINT_HEIGHT_MM };
}
