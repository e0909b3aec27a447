import { InputError } from '@buergerkoffer/formats';
import type { AnyForm } from '../definition.js';
import { befreiungAusweispflicht } from './befreiung-ausweispflicht.js';
import { beglaubigungUnterschrift } from './beglaubigung-unterschrift.js';
import { beglaubigungVermerk } from './beglaubigung-vermerk.js';
import { dsgvo13 } from './dsgvo13.js';
import { fuehrungszeugnis } from './fuehrungszeugnis/definition.js';
import { lebensbescheinigung } from './lebensbescheinigung.js';
import { meldebescheinigung } from './meldebescheinigung.js';
import { meldebestaetigung } from './meldebestaetigung.js';
import { meldeschein } from './meldeschein/definition.js';
import { paAntrag, paAntragPosted } from './pa-antrag/definition.js';
import { passAntrag } from './pass-antrag/definition.js';
import { pinBrief } from './pin-brief/definition.js';
import { pinBriefPosted } from './pin-brief/posted.js';
import { quittung } from './quittung.js';
import { uebergabeProtokoll } from './uebergabe-protokoll.js';
import { verlust } from './verlust.js';
import { vollmacht } from './vollmacht.js';
import { vpaAntrag } from './vpa-antrag.js';
import { wohnungsgeber } from './wohnungsgeber.js';
import { zustimmungSorge } from './zustimmung-sorge.js';

/** Every form of this library in every version, in the order in which a visit needs them. */
export const FORMS: readonly AnyForm[] = [
  paAntrag,
  paAntragPosted,
  vpaAntrag,
  passAntrag,
  zustimmungSorge,
  befreiungAusweispflicht,
  verlust,
  vollmacht,
  pinBrief,
  pinBriefPosted,
  uebergabeProtokoll,
  meldeschein,
  wohnungsgeber,
  meldebestaetigung,
  meldebescheinigung,
  lebensbescheinigung,
  fuehrungszeugnis,
  beglaubigungVermerk,
  beglaubigungUnterschrift,
  quittung,
  dsgvo13,
];

/** The forms, of this library or of a vendor, that are right on a day (`YYYY-MM-DD`, Europe/Berlin). */
export function formsInForce(day: string, forms: readonly AnyForm[] = FORMS): AnyForm[] {
  return forms.filter((form) => form.validFrom <= day && (form.validTo === undefined || day <= form.validTo));
}

/**
 * The version of a form that is right on a day.
 *
 * @throws InputError `missing` for an id that no form has, `not-allowed` where none of its versions is in force.
 */
export function formFor(id: string, day: string, forms: readonly AnyForm[] = FORMS): AnyForm {
  const versions = forms.filter((form) => form.id === id);
  const [form] = formsInForce(day, versions);
  if (form !== undefined) return form;
  const [first] = versions;
  if (first === undefined) {
    throw new InputError('missing', 'there is no form of this id', {
      path: 'id',
      remedy: `use one of: ${[...new Set(forms.map((each) => each.id))].join(', ')}`,
    });
  }
  const spans = versions.map(({ validFrom, validTo }) => `${validFrom} to ${validTo ?? 'now'}`);
  throw new InputError('not-allowed', `no version of ${id} is in force on ${day}`, {
    path: 'on',
    remedy: `give a day from ${spans.join(' or ')}`,
  });
}
