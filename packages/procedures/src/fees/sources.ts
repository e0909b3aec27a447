import type { FeeSource } from '../model/index.js';

/** Day of the collection of federal law in which most rows were read (GitHub bundestag/gesetze, commit 77abca2c). */
export const FEDERAL_LAW_OF = '2022-03-26';
/** Since this day the PassV has the fees of its § 15 that are not changed in the rows after it. */
export const PASSV_OF_2017 = '2017-03-01';
/** First day of the passport for 70 euros and of the surcharges of the missions that came with it. */
export const PASSV_OF_2024 = '2024-01-01';
/** Last day of the fees of the PassV before it. */
export const PASSV_UNTIL_2023 = '2023-12-31';
/** First day of the fees of the regulation of 30 January 2026 (BGBl. 2026 I Nr. 31). */
export const NEW_FEES_FROM = '2026-02-07';
/** Last day of the fees before it. */
export const OLD_FEES_TO = '2026-02-06';

/** Where the rows of the fee table were read. */
export const SOURCES = {
  federalLaw: { text: 'Bundesrecht, Stand 26.03.2022 (bundestag/gesetze, 77abca2c)', confidence: 'law' },
  since2021: {
    text: 'Bundesrecht, Stand 26.03.2022 (bundestag/gesetze, 77abca2c); Beginn nach neubrunn.de',
    confidence: 'law',
  },
  repealed2021: { text: 'neubrunn.de zur Änderung der PAuswGebV zum 01.01.2021', confidence: 'page' },
  regulation2026: {
    text: 'Verordnung vom 30.01.2026, BGBl. 2026 I Nr. 31; loitz.de, nuthe-urstromtal.de, beckum.de',
    confidence: 'page',
  },
  unchanged2026: {
    text: 'Bundesrecht, Stand 26.03.2022; für 2026 nairobi.diplo.de, zeitblick.at',
    confidence: 'page',
  },
  stillTenEuro: { text: 'Bundesrecht, Stand 26.03.2022; 2026 unverändert', confidence: 'law' },
  mission2022: {
    text: 'Bundesrecht, Stand 26.03.2022 (bundestag/gesetze, 77abca2c); spanien.diplo.de vom 18.01.2023',
    confidence: 'law',
  },
  amendment2023: { text: 'BGBl. 2023 I Nr. 290, gelesen auf gesetze.legal', confidence: 'law' },
  amendment2023Unchecked: {
    text: 'BGBl. 2023 I Nr. 290, gelesen auf gesetze.legal; Fortgeltung ab 07.02.2026 nicht geprüft',
    confidence: 'unverified',
  },
  abroad2026: {
    text: 'BGBl. 2023 I Nr. 290, gelesen auf gesetze.legal; für 2026 zeitblick.at',
    confidence: 'page',
  },
  mission2026: { text: 'nairobi.diplo.de, zeitblick.at; Verordnung nicht gelesen', confidence: 'page' },
  photo: { text: 'beckum.de, stadt-hohenmoelsen.de', confidence: 'page' },
  passv2017: {
    text: 'PassV in der Fassung ab 01.03.2017 (BGBl. I S. 162), gelesen auf buzer.de',
    confidence: 'law',
  },
  passv2024: {
    text: 'PassV, Text vom 12.04.2024; Beginn nach vg-schwarzenfeld.de, lissabon.diplo.de',
    confidence: 'law',
  },
  passv: { text: 'PassV, Text vom 12.04.2024', confidence: 'law' },
  passv2026: {
    text: 'PassV, Text vom 12.04.2024; für 2026 nairobi.diplo.de; 2026 neu gezählt, Nummer des Paragrafen nicht geprüft',
    confidence: 'unverified',
  },
  passMission2026: {
    text: 'nairobi.diplo.de (36 und 49 Euro; eine Tabelle dort führt unter 24 Jahren noch 31 Euro); Verordnung nicht gelesen',
    confidence: 'unverified',
  },
} as const satisfies Readonly<Record<string, FeeSource>>;
