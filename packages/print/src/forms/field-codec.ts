/** How a printed text and the data map to each other. */
export type FieldCodec =
  | 'text'
  /** `03.05.1990` and `1990-05-03`. */
  | 'day'
  /** As `day`, also `05.1990` and `1990-05`, `1990` and `1990`. */
  | 'partial-date'
  /** `20.11.2026, 10:15 Uhr` in German legal time and `2026-11-20T10:15:00+01:00`. */
  | 'instant'
  /** `160 cm` and `160`: a unit after the digits is left out. */
  | 'integer'
  /** `46,00 €` and `4600`. */
  | 'cents'
  /** `deutsch, französisch` and `['deutsch', 'französisch']`. */
  | 'list';
