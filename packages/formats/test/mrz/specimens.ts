/** Zone printed on the specimen of the German identity card (holder Erika Mustermann, fictional). */
export const CARD: readonly string[] = [
  'IDD<<T220001293<<<<<<<<<<<<<<<',
  '6408125<2010315D<<<<<<<<<<<<<4',
  'MUSTERMANN<<ERIKA<<<<<<<<<<<<<',
];

/** Zone printed on the specimen of the German passport (fictional holder). */
export const PASSPORT: readonly string[] = [
  'P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<',
  'C01X00T478D<<6408125F2702283<<<<<<<<<<<<<<<4',
];

/** Specimen of ICAO 9303-4, state Utopia. */
export const PASSPORT_UTO: readonly string[] = [
  'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
  'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
];

/** Specimen of ICAO 9303-5, state Utopia. */
export const CARD_UTO: readonly string[] = [
  'I<UTOD231458907<<<<<<<<<<<<<<<',
  '7408122F1204159UTO<<<<<<<<<<<6',
  'ERIKSSON<<ANNA<MARIA<<<<<<<<<<',
];

/** Specimen of ICAO 9303-5 with a document number of twelve places. */
export const CARD_LONG_NUMBER: readonly string[] = [
  'I<UTOD23145890<7349<<<<<<<<<<<',
  '3407127M9507122UTO<<<<<<<<<<<2',
  'STEVENSON<<PETER<JOHN<<<<<<<<<',
];

/** Specimen of ICAO 9303-6, state Utopia. */
export const HALF_SHEET_UTO: readonly string[] = [
  'I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<',
  'D231458907UTO7408122F1204159<<<<<<<6',
];
