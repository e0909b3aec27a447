import type { MessageElement } from '../message/tree.js';
import { childOf, childrenOf } from '../message/tree.js';
import type { MessageContext } from './message-context.js';
import { elementAt, tokenOf } from './walk.js';

/** Register information is not given for advertising, and is asked with enough data to find one person. */
export function checkRegisterQuestion({ root, findings }: MessageContext): void {
  for (const request of childrenOf(root, 'auskunft.anforderung')) {
    for (const part of [request, ...request.children]) {
      const purpose = childOf(part, 'zumZweckDerWerbungOderAdresshandel');
      if (purpose === undefined || !['true', '1'].includes(tokenOf(purpose))) continue;
      findings.error(
        'S999',
        purpose,
        'for advertising or trade in addresses there is no register information',
        'Zu Werbung oder Adresshandel ist eine Melderegisterauskunft unzulässig.',
      );
    }
    const criteria = childOf(request, 'datenZurAnfrage');
    if (criteria !== undefined) checkCriteria(criteria, findings);
  }
}

/** Names of the person, which every question holds. */
const NAMES: ReadonlySet<string> = new Set(['name', 'ordensname', 'kuenstlername']);

function checkCriteria(criteria: MessageElement, findings: MessageContext['findings']): void {
  const others = criteria.children.filter(({ local }) => !NAMES.has(local));
  if (others.some(({ local }) => local === 'anschrift') || others.length >= 2) return;
  findings.error(
    'S999',
    criteria,
    'beside the name a question holds an address or two more data of the person',
    'Zur Anfrage gehört neben dem Namen eine Anschrift, oder zwei weitere Angaben zur Person.',
  );
}

/** Data of which one goes with the municipality when the address is not known (§ 38 (1) BMG). */
const BESIDE_MUNICIPALITY = ['geburtsdatum', 'geburtsort', 'geschlecht', 'sterbetag', 'sterbeort'];

/** A search for other authorities has enough data to find one person. */
export function checkPersonSearch({ root, findings }: MessageContext): void {
  const criteria = elementAt(root, 'suchprofil/auswahldaten');
  if (criteria === undefined) return;
  const knowsMore =
    elementAt(criteria, 'anschrift/strasse') !== undefined ||
    BESIDE_MUNICIPALITY.some((name) => childOf(criteria, name) !== undefined);
  if (knowsMore) return;
  findings.warning(
    'S999',
    criteria,
    'beside name and municipality a search needs street, birth, sex or death of the person (§ 38 (1) BMG)',
    'Zur Suche gehört neben Name und Wohnort mindestens Straße, Geburt, Geschlecht oder Tod (§ 38 Abs. 1 BMG).',
  );
}

/** Names of which one tells the family of a person. */
const FAMILY_NAMES = [
  'familienname.unstrukturiert',
  'ehename.unstrukturiert',
  'lebenspartnerschaftsname.unstrukturiert',
];

/** Who is asked for by name (0300) is asked for by first and family name. */
export function checkToBeRegistered({ root, findings }: MessageContext): void {
  for (const person of childrenOf(root, 'betroffene')) {
    const name = elementAt(person, 'identifikation.person/name');
    if (name === undefined) continue;
    const hasFamilyName = FAMILY_NAMES.some((each) => childOf(name, each) !== undefined);
    if (hasFamilyName && childOf(name, 'vornamen') !== undefined) continue;
    findings.error(
      'S999',
      name,
      'a name for identification is a first and a family name',
      'Zur Identifikation gehören ein Vorname und ein Nachname.',
    );
  }
}
