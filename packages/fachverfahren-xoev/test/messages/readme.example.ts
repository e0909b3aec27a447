import {
  type AddressedFrame,
  identificationOf,
  meldebescheinigungAnfrage1700,
  MINDESTUMFANG,
} from '@buergerkoffer/fachverfahren-xoev/messages';
import type { Person } from '@buergerkoffer/procedures/model';

/** Asks the register for a Meldebescheinigung as data (1700). */
export function askForMeldebescheinigung(frame: AddressedFrame, person: Person): Uint8Array {
  return meldebescheinigungAnfrage1700.write(frame, {
    identifikation: identificationOf(person),
    steuerungsinformationen: { datenumfang: MINDESTUMFANG, zustellvariante: '02' },
  });
}
