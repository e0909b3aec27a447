import { berlinDate } from '@buergerkoffer/formats';
import type { CaseState } from '@buergerkoffer/procedures';
import type { Quality } from '@buergerkoffer/procedures/model';
import type { PaAntrag } from '@buergerkoffer/print/forms';
import { CLERKS } from '../stage/authority-config.js';
import { feeLineOf, required } from './paper-facts.js';

/** The case in the fields of the form `pa-antrag`. */
export function paAntragOf(state: CaseState): PaAntrag {
  const { holder, pinLetter, identity, photo } = required(state);
  const { address } = holder;
  const evidence = identity.evidence;
  return {
    holder: {
      familyName: holder.familyName,
      ...(holder.birthName === undefined ? {} : { birthName: holder.birthName }),
      givenNames: holder.givenNames,
      birth: { date: holder.birth.date, place: holder.birth.place },
      heightCm: holder.heightCm ?? 0,
      eyeColour: holder.eyeColour ?? '---',
      nationalities: [holder.nationality === 'D' ? 'deutsch' : holder.nationality],
      address:
        address.kind === 'germany'
          ? {
              kind: 'germany',
              street: address.street,
              houseNumber: `${address.houseNumber ?? ''}${address.houseNumberSuffix ?? ''}`,
              ...(address.additional === undefined ? {} : { addition: address.additional }),
              postalCode: address.postalCode,
              city: address.city,
              municipalityKey: address.ags,
            }
          : { kind: 'none' },
    },
    applicant: { role: 'holder' },
    ...(evidence.method === 'old-document'
      ? {
          oldDocument: {
            kind: evidence.document,
            serialNumber: evidence.serialNumber,
            validUntil: evidence.expires,
          },
        }
      : {}),
    photo: { takenBy: 'authority', check: checkOf(photo.image.quality) },
    fingers: { outcome: 'two', left: 'index', right: 'index' },
    signature: { outcome: 'given' },
    identity: {
      evidence: 'alter Personalausweis und Reisepass, maschinenlesbare Zonen mit Prüfziffern',
      checkedBy: CLERKS[0],
      checkedAt: identity.at,
    },
    pinLetter: {
      envelopeNumber: pinLetter.letter.envelopeNumber,
      receivedAt: pinLetter.at,
      receivedBy: `${holder.givenNames} ${holder.familyName}`,
    },
    information: { explained: true, leaflet: 'taken' },
    fees: (state.fees.personalausweis?.lines ?? []).map(feeLineOf),
    clerks: [...CLERKS],
    place: 'Musterstadt',
    appliedOn: berlinDate(new Date(identity.at)),
  };
}

/** Of a photo that does not meet all criteria the clerks of the demo say that it is one all the same. */
function checkOf(quality: Quality): PaAntrag['photo']['check'] {
  if (quality.assessment === 'not-assessed') return 'not-assessed';
  return quality.verdict === 'good' ? 'passed' : 'accepted-by-clerk';
}
