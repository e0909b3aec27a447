import type { Alternative } from '../model/index.js';
import type { Facts } from './statute-rule.js';

/** The custodian applies instead. */
export const BY_CUSTODIAN: Alternative = {
  kind: 'other-applicant',
  text: 'Eine sorgeberechtigte Person kann den Antrag stellen.',
  citation: '§ 9 Abs. 2 PAuswG',
};

/** The holder applies instead. */
export const BY_HOLDER: Alternative = {
  kind: 'other-applicant',
  text: 'Die Person, für die der Antrag gestellt wird, kann ihn selbst stellen.',
};

/** The Betreuer applies instead. */
export const BY_BETREUER: Alternative = {
  kind: 'other-applicant',
  text: 'Die Betreuerin oder der Betreuer mit dem Aufgabenkreis Aufenthaltsbestimmung kann den Antrag stellen.',
  citation: '§ 9 Abs. 2 PAuswG',
};

/** The authorised person applies with a Vollmacht in the right form. */
export const BY_CERTIFIED_VOLLMACHT: Alternative = {
  kind: 'other-applicant',
  text: 'Mit einer für diesen Fall erteilten, öffentlich beglaubigten oder beurkundeten Vollmacht kann die bevollmächtigte Person den Antrag stellen.',
  citation: '§ 9 Abs. 1 PAuswG',
};

/** The legal representative applies for the Führungszeugnis. */
export const BY_REPRESENTATIVE: Alternative = {
  kind: 'other-applicant',
  text: 'Die gesetzliche Vertretung kann das Führungszeugnis beantragen.',
  citation: '§ 30 Abs. 1 BZRG',
};

/** The authority of the main dwelling is competent. */
export const OFFICE_OF_DWELLING: Alternative = {
  kind: 'office',
  text: 'Zuständig ist die Behörde am Ort der Hauptwohnung.',
  citation: '§ 8 PAuswG',
};

/** The exemption from the ID duty that the person can ask for, or `undefined` where § 1 (3) PAuswG knows none. */
export function exemptionFor(facts: Facts): Alternative | undefined {
  if (facts.service !== 'personalausweis' || facts.age.reached16 === 'no') return undefined;
  const ground = exemptionGround(facts);
  if (ground === undefined) return undefined;
  return {
    kind: 'exemption',
    text: `Die Behörde kann von der Ausweispflicht befreien: ${ground.text}.`,
    citation: `§ 1 Abs. 3 ${ground.number} PAuswG`,
  };
}

function exemptionGround(facts: Facts): { readonly number: string; readonly text: string } | undefined {
  if (facts.capacity !== 'capable') {
    return { number: 'Nr. 1', text: 'Personen mit Betreuung oder öffentlich beglaubigter Vollmacht' };
  }
  if (facts.place === 'care-home' || facts.place === 'hospital') {
    return { number: 'Nr. 2', text: 'Personen, die dauerhaft in einem Krankenhaus oder Pflegeheim leben' };
  }
  if (facts.place === 'home') {
    return {
      number: 'Nr. 3',
      text: 'Personen, die sich wegen einer dauerhaften Behinderung nicht allein in der Öffentlichkeit bewegen können',
    };
  }
  return undefined;
}
