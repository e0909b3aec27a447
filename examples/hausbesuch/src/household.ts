import { formatMrz, parseLocalDate } from '@buergerkoffer/formats';
import type { RegisterPerson } from '@buergerkoffer/fachverfahren-xoev';

/** Everything about the invented citizen of the demo and what she says and shows. No such person exists. */
export interface Household {
  /** What the register knows of her. */
  readonly register: RegisterPerson;
  /** What she tells the clerk at the bedside. */
  readonly told: { readonly familyName: string; readonly givenNames: string; readonly birthDate: string };
  /** Her old identity card, its machine readable zone as the clerk types it. */
  readonly oldCard: { readonly mrz: string };
  /** Her old passport, which confirms the card. */
  readonly oldPassport: { readonly mrz: string };
  /** Number of the sealed PIN envelope from the counted stock. */
  readonly envelopeNumber: string;
}

/** Serial number of the official specimen card; it belongs to nobody. */
const CARD_NUMBER = 'T22000129';
const PASSPORT_NUMBER = 'C01X0006H';

/** The household of the demo; her documents expire within the year of `now`. */
export function household(now: Date): Household {
  const year = now.getUTCFullYear();
  const expires = `${year + 1}-03-31`;
  const names = { familyName: 'Lindemann', givenNames: 'Käthe Marie' };
  const birthDate = '1941-08-12';
  const mrzOf = (format: 'TD1' | 'TD3', documentNumber: string): string =>
    formatMrz({
      format,
      documentCode: format === 'TD1' ? 'ID' : 'P',
      issuingState: 'D',
      documentNumber,
      surname: names.familyName,
      givenNames: names.givenNames,
      nationality: 'D',
      birthDate: parseLocalDate(birthDate),
      sex: format === 'TD1' ? 'X' : 'F',
      expiryDate: parseLocalDate(expires),
    }).join('\n');
  return {
    told: { ...names, birthDate },
    register: {
      ...names,
      birthName: 'Köster',
      birth: { date: birthDate, place: 'Musterstadt' },
      geschlecht: 'w',
      nationalities: [{ icao: 'D', destatis: '000' }],
      address: {
        street: 'Ahornallee',
        houseNumber: '12',
        additional: 'Haus am Park',
        postalCode: '09999',
        city: 'Musterstadt',
        ags: '09000009',
      },
      documents: [
        { type: '09', serialNumber: CARD_NUMBER, validUntil: expires },
        { type: '01', serialNumber: PASSPORT_NUMBER, validUntil: expires },
      ],
    },
    oldCard: { mrz: mrzOf('TD1', CARD_NUMBER) },
    oldPassport: { mrz: mrzOf('TD3', PASSPORT_NUMBER) },
    envelopeNumber: 'PIN-000127',
  };
}
