/** Stickers that change what a document says; the first is put on the identity card, the second into the passport. */
export type LabelKind = 'pa-address' | 'pass-residence';

/** The two weights that the regulations ask for. */
export type LabelWeight = 'regular' | 'bold';

/** Where one field of a sticker is printed; millimetres from the top left corner of the sticker. */
export interface LabelField {
  readonly weight: LabelWeight;
  /** Characters per line, as a reader counts them. */
  readonly columns: number;
  readonly lines: number;
  readonly leftMm: number;
  /** No line is wider; a font that needs more is refused. */
  readonly widthMm: number;
  readonly firstBaselineMm: number;
  readonly linePitchMm: number;
}

/** What the regulation says about a sticker. */
export interface LabelSpec {
  readonly kind: LabelKind;
  /** German, for titles. */
  readonly title: string;
  readonly legalBasis: string;
  readonly source: string;
  /** Nobody told the first day; the text read is of `textOf`. */
  readonly validFrom: 'unknown';
  readonly textOf: string;
  readonly widthMm: number;
  readonly heightMm: number;
  /** Height of the capital E, by which the regulations measure the size of the script. */
  readonly capitalHeightMm: number;
  readonly entry: LabelField;
  readonly serialNumber: LabelField;
}

const LAW_READ = 'Bundesrecht, Stand 26.03.2022 (bundestag/gesetze, 77abca2c)';

/**
 * Characters, lines and size of the script are those of the regulations; measures in millimetres were taken from the
 * specimens that the regulations print at natural size (96 pixels per inch, so to about 0.3 mm).
 */
export const LABELS: Readonly<Record<LabelKind, LabelSpec>> = {
  'pa-address': {
    kind: 'pa-address',
    title: 'Aufkleber zur Anschriftenänderung des Personalausweises',
    legalBasis: '§ 19 Abs. 1, Anhang 1a und Anhang 3 Abschnitt 1 PAuswV',
    source: LAW_READ,
    validFrom: 'unknown',
    textOf: '2022-03-26',
    widthMm: 45.5,
    heightMm: 17.2,
    capitalHeightMm: 1.5,
    entry: {
      weight: 'bold',
      columns: 25,
      lines: 4,
      leftMm: 2.1,
      widthMm: 33.5,
      firstBaselineMm: 5.8,
      linePitchMm: 2.84,
    },
    serialNumber: {
      weight: 'regular',
      columns: 9,
      lines: 1,
      leftMm: 31.7,
      widthMm: 12.8,
      firstBaselineMm: 2.4,
      linePitchMm: 0,
    },
  },
  'pass-residence': {
    kind: 'pass-residence',
    title: 'Aufkleber zur Änderung des Wohnortes im Reisepass',
    legalBasis: 'PassV, bis 06.02.2026 § 1 Abs. 2, Anlage 1b und Anlage 11 Tabelle 3',
    source: LAW_READ,
    validFrom: 'unknown',
    textOf: '2022-03-26',
    widthMm: 63.8,
    heightMm: 27.8,
    capitalHeightMm: 2.4,
    entry: {
      weight: 'bold',
      columns: 23,
      lines: 3,
      leftMm: 4.1,
      widthMm: 48,
      firstBaselineMm: 14.4,
      linePitchMm: 3.5,
    },
    serialNumber: {
      weight: 'bold',
      columns: 9,
      lines: 1,
      leftMm: 43.1,
      widthMm: 19.7,
      firstBaselineMm: 25.1,
      linePitchMm: 0,
    },
  },
};
