import type { FeeSource } from '../model/index.js';

/** Day of the collection of federal law in which most rows were read (GitHub bundestag/gesetze, commit 77abca2c). */
export const FEDERAL_LAW_OF = '2022-03-26';
/** Day of the text of the PassV in which its fees were read. */
export const PASSV_TEXT_OF = '2024-04-12';
/** First day of the fees of the regulation of 30 January 2026 (BGBl. 2026 I Nr. 31). */
export const NEW_FEES_FROM = '2026-02-07';
/** Last day of the fees before it. */
export const OLD_FEES_TO = '2026-02-06';

/** Where the rows of the fee table were read. */
export const SOURCES = {
  federalLaw: { text: 'Bundesrecht, Stand 26.03.2022 (bundestag/gesetze, 77abca2c)', confidence: 'law' },
  startNotChecked: {
    text: 'Bundesrecht, Stand 26.03.2022 (bundestag/gesetze, 77abca2c); Beginn 01.01.2021 nicht geprüft',
    confidence: 'law',
  },
  regulation2026: {
    text: 'Verordnung vom 30.01.2026, BGBl. 2026 I Nr. 31; loitz.de, nuthe-urstromtal.de, beckum.de',
    confidence: 'page',
  },
  unchanged2026: {
    text: 'Bundesrecht, Stand 26.03.2022; Fortgeltung ab 07.02.2026 nicht geprüft',
    confidence: 'unverified',
  },
  stillTenEuro: { text: 'Bundesrecht, Stand 26.03.2022; 2026 unverändert', confidence: 'law' },
  amendment2023: { text: 'BGBl. 2023 I Nr. 290, gelesen auf gesetze.legal', confidence: 'law' },
  amendment2023Unchecked: {
    text: 'BGBl. 2023 I Nr. 290, gelesen auf gesetze.legal; Fortgeltung ab 07.02.2026 nicht geprüft',
    confidence: 'unverified',
  },
  mission2026: {
    text: 'bis 06.02.2026 41 Euro; Presse nennt für 2026 43 Euro, nicht geprüft',
    confidence: 'unverified',
  },
  photo: { text: 'beckum.de, stadt-hohenmoelsen.de', confidence: 'page' },
  passv: { text: 'PassV, Text vom 12.04.2024', confidence: 'law' },
  passv2026: {
    text: 'PassV, Text vom 12.04.2024; 2026 neu gezählt, Nummer des Gebührenparagrafen nicht geprüft',
    confidence: 'unverified',
  },
  municipalPages: { text: 'Seiten von Gemeinden', confidence: 'page' },
  notRead: { text: 'nicht gelesen', confidence: 'unverified' },
} as const satisfies Readonly<Record<string, FeeSource>>;
