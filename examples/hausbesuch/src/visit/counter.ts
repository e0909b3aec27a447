import { randomUUID } from 'node:crypto';
import { feeFor } from '@buergerkoffer/procedures';
import type { CaseServiceId } from '@buergerkoffer/procedures/model';
import { checkBzrAnfrage, writeBzrAnfrage } from '@buergerkoffer/fachverfahren-xoev/xmeld';
import { stored } from './artefacts.js';
import { bzrAnfrageOf } from './bzr-anfrage-of.js';
import { stateOf, write, type Visit } from './visit.js';

/** The citizen is told what the card can do, and offered the leaflet. */
export async function inform(visit: Visit): Promise<void> {
  await write(visit, {
    type: 'informed',
    topics: ['eid', 'vor-ort-auslesen', 'security', 'blocking', 'data-protection'],
    leafletOffered: true,
  });
  visit.tell({
    type: 'done',
    text: 'Über Online-Ausweis, Sicherheit und Sperren unterrichtet, Merkblatt angeboten',
  });
}

/** The sealed envelope is handed over; its number belongs to this application alone. */
export async function handOverPinLetter(visit: Visit): Promise<void> {
  const { envelopeNumber } = visit.household;
  await write(visit, {
    type: 'pin-letter-handed-over',
    letter: { envelopeNumber, handedOverTo: 'holder', receiptConfirmed: true },
  });
  visit.tell({ type: 'done', text: 'PIN-Brief verschlossen übergeben (§ 17 PAuswV)' });
}

/** The message 0430 for the Führungszeugnis that she asks for in the same visit. */
export async function requestFuehrungszeugnis(visit: Visit): Promise<void> {
  const { holder } = stateOf(visit);
  if (holder === undefined) throw new Error('the data come before the Führungszeugnis');
  const message = bzrAnfrageOf(holder, visit.config, randomUUID(), new Date());
  const faults = checkBzrAnfrage(message).filter(({ severity }) => severity === 'error');
  if (faults[0] !== undefined)
    throw new Error(`the demo's 0430 breaks a rule at ${faults[0].path}: ${faults[0].message}`);
  const xml = writeBzrAnfrage(message);
  await write(
    visit,
    {
      type: 'fuehrungszeugnis-requested',
      request: {
        anfrageart: 'NB',
        verwendungszweck: 'Bewerbung um einen Platz im Heimbeirat',
        fee: 'standard',
      },
      message: { kind: 'message', messageType: '0430', ...stored('application/xml', xml) },
    },
    [xml],
  );
  visit.tell({ type: 'done', text: 'Führungszeugnis (Belegart NB) beantragt, Nachricht 0430 geschrieben' });
}

/** What each service costs today, and how it came about. */
export async function chargeFees(visit: Visit): Promise<void> {
  const state = stateOf(visit);
  for (const service of state.services) {
    if (state.fees[service] !== undefined) continue;
    const quote = feeFor({
      service,
      on: new Date(),
      born: visit.household.told.birthDate,
      photoByAuthority: service === 'personalausweis',
    });
    if (quote.totalCents === 'unknown') throw new Error(`the fee of ${service} is not known`);
    await write(visit, {
      type: 'fee-charged',
      service,
      lines: quote.lines,
      totalCents: quote.totalCents,
      payment: 'card',
    });
    visit.tell({
      type: 'done',
      text: `Gebühr ${FEE_TITLE[service]}: ${euros(quote.totalCents)}, mit Karte bezahlt`,
    });
  }
}

const FEE_TITLE: Readonly<Record<CaseServiceId, string>> = {
  personalausweis: 'Personalausweis',
  fuehrungszeugnis: 'Führungszeugnis',
};

/** `4600` as `46,00 €`. */
export function euros(cents: number): string {
  return new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'EUR' }).format(cents / 100);
}

/** The second clerk checks the record of the first. */
export async function review(visit: Visit, secondClerk: string): Promise<void> {
  await write(visit, { type: 'reviewed', result: { verdict: 'accepted' } }, [], [secondClerk]);
  visit.tell({ type: 'done', text: 'Gegengeprüft von der zweiten Sachbearbeiterin (vier Augen)' });
}

/** The citizen sees everything and signs that it is right. */
export async function confirm(visit: Visit): Promise<void> {
  await write(visit, { type: 'confirmed', confirmedBy: 'holder' });
  visit.tell({ type: 'done', text: 'Alle Angaben gezeigt und von der Antragstellerin bestätigt' });
}
