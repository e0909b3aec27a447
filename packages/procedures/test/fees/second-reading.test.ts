import { feeFor, type FeeQuestion } from '@buergerkoffer/procedures';
import { describe, expect, it } from 'vitest';

/**
 * The fees as they were read a second time from the texts, as sums and not as rows of a table: euros of the PAuswGebV, of § 15 PassV
 * and of KV 1130 JVKostG, from May 2025 on, when all of them are known.
 */
function read(question: FeeQuestion, isFrom24: boolean): number {
  const { service, on, outsideOfficeHours, notCompetent } = question;
  const since2026 = String(on) >= '2026-02-07';
  const onWish = outsideOfficeHours === true || notCompetent === true ? 13 : 0;
  const photo = question.photoByAuthority === true ? 6 : 0;
  const twice = notCompetent === true ? 2 : 1;
  const hours = outsideOfficeHours === true ? 2 : 1;
  switch (service) {
    case 'personalausweis':
      return (since2026 ? (isFrom24 ? 46 : 27.6) : isFrom24 ? 37 : 22.8) + onWish + photo;
    case 'vorlaeufiger-personalausweis':
      return 10 + onWish + photo;
    case 'ersatz-personalausweis':
      return 10 + onWish;
    case 'reisepass': {
      const more = (question.pages48 === true ? 22 : 0) + (question.express === true ? 32 : 0);
      return (isFrom24 ? 70 : 37.5) * twice + more + photo;
    }
    case 'vorlaeufiger-reisepass':
      return 26 * twice * hours + photo;
    case 'passaenderung':
      return 6 * twice * hours;
    case 'fuehrungszeugnis':
      return question.ehrenamt === true ? 0 : 13;
    default:
      return 0; // address, Wohnort in the passport, PIN, Meldebestätigung, electronic Meldebescheinigung
  }
}

/** Circumstances that may be told of a service, beside office hours and competence. */
const MORE: Readonly<Record<string, readonly (keyof FeeQuestion)[]>> = {
  personalausweis: ['photoByAuthority'],
  'vorlaeufiger-personalausweis': ['photoByAuthority'],
  'ersatz-personalausweis': [],
  reisepass: ['photoByAuthority', 'pages48', 'express'],
  'vorlaeufiger-reisepass': ['photoByAuthority'],
  passaenderung: [],
  fuehrungszeugnis: ['ehrenamt'],
  adressaenderung: [],
  'pass-wohnortaenderung': [],
  'pin-setzen': [],
  meldebestaetigung: [],
  'meldebescheinigung-elektronisch': [],
};

/** The day on which somebody turns 24 who was born so long before `on`, and the day before that. */
const BIRTHS: readonly (readonly [on: string, born: string, isFrom24: boolean])[] = [
  ['2025-06-02', '2001-06-02', true],
  ['2025-06-02', '2001-06-03', false],
  ['2026-02-06', '2002-02-06', true],
  ['2026-02-06', '2002-02-07', false],
  ['2026-02-07', '2002-02-07', true],
  ['2026-02-07', '2002-02-08', false],
  ['2026-11-20', '1931-05-09', true],
  ['2026-11-20', '2020-11-20', false],
];

function subsets<T>(all: readonly T[]): readonly (readonly T[])[] {
  return all.reduce<readonly (readonly T[])[]>(
    (found, one) => [...found, ...found.map((set) => [...set, one])],
    [[]],
  );
}

describe('every fee, read a second time', () => {
  it.each(Object.keys(MORE))('is the same for %s, with all that may be told', (service) => {
    const wishes: readonly (keyof FeeQuestion)[] = ['outsideOfficeHours', 'notCompetent'];
    const differing = BIRTHS.flatMap(([on, born, isFrom24]) =>
      subsets([...wishes, ...(MORE[service] ?? [])]).flatMap((told) => {
        const question: FeeQuestion = {
          service,
          on,
          born,
          ...Object.fromEntries(told.map((each) => [each, true])),
        };
        const cents = Math.round(read(question, isFrom24) * 100);
        const { totalCents } = feeFor(question);
        return totalCents === cents ? [] : [`${on} ${born} ${told.join('+')}: ${totalCents}, not ${cents}`];
      }),
    );
    expect(differing).toEqual([]);
  });
});
