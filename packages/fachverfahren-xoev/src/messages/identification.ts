import { InputError } from '@buergerkoffer/formats';
import type { Person } from '@buergerkoffer/procedures/model';
import type { MessageContent } from './builder.js';

/** How the online services name a person: 1700, 1704, 1706, 1707, 1708 and 1710. */
export type OnlinediensteIdentifikation =
  MessageContent<'xmeld:onlinedienste.abrufanfrage.selbstauskunftMelderegister.1708'>['identifikation'];

/**
 * The person of an application as the online services identify somebody; `InputError` `missing` for one without a dwelling
 * in Germany, whom no register of a municipality holds.
 */
export function identificationOf({
  familyName,
  givenNames,
  birth,
  address,
}: Person): OnlinediensteIdentifikation {
  if (address.kind !== 'germany') {
    throw new InputError('missing', 'the person has no dwelling in Germany', { path: 'address' });
  }
  return {
    'familienname.unstrukturiert': familyName,
    vornamen: givenNames,
    geburt: { geburtsdatum: birth.date },
    anschrift: {
      gemeindeschluessel: address.ags,
      postleitzahl: address.postalCode,
      strasseUndHausnummer: {
        strukturiert: {
          ...(address.houseNumber === undefined ? {} : { hausnummer: address.houseNumber }),
          ...(address.houseNumberSuffix === undefined
            ? {}
            : { hausnummerBuchstabeZusatzziffer: address.houseNumberSuffix }),
          strasse: address.street,
        },
      },
    },
  };
}
