import { InputError } from '@buergerkoffer/formats';
import { describe, expect, it } from 'vitest';
import { antragFromApplication, checkOrder, wohnortId } from '../../src/xhd/index.js';
import type { AntragPersonalausweis, BestellungDokument, CardOrderDetails } from '../../src/xhd/index.js';
import { application } from './application.js';
import { DETAILS, order } from './samples.js';

const antragOf = (holder: Readonly<Record<string, unknown>>, details: Partial<CardOrderDetails> = {}) =>
  antragFromApplication(application(holder), { ...DETAILS, ...details });

const linesOf = (antrag: AntragPersonalausweis): readonly (readonly [string, string])[] =>
  (antrag.Personendaten.Druckrepraesentation.Zeile ?? []).map(({ Typ, content }) => [Typ, content] as const);

/** The paths of the findings of the sample order with its application changed. */
function findings(change: (antrag: AntragPersonalausweis) => unknown): readonly string[] {
  const sample = structuredClone(order());
  const [antrag] = sample.Nutzdaten?.Antraege.Antrag ?? [];
  if (antrag?.art !== 'AntragsdatensatzPersonalausweisType') throw new Error('the sample has no application');
  change(antrag);
  return checkOrder(sample).map(({ severity, path }) => `${severity} ${path.replace(/^.*\]\.?/, '')}`);
}

describe('an application as an order', () => {
  it('carries names, birth, address and their print lines', () => {
    expect(linesOf(antragOf({ doctorate: 'Dr.', artistName: 'La Muster' }))).toEqual([
      ['Namensblock', 'Dr. Mustermann'],
      ['Geburtsname', 'Gabler'],
      ['Vornamensblock', 'Erika'],
      ['Ordens_Kuenstlername', 'La Muster'],
      ['Wohnort', '51147 Köln'],
      ['Strasse_Hausnummer', 'Heidestraße 17'],
      ['Geburtsort', 'Berlin'],
    ]);
  });

  it.each([
    ['1944', '1944-XX-XX'],
    ['1944-08', '1944-08-XX'],
    ['1944-08-12', '1944-08-12'],
  ])('writes the birth date %s as %s', (date, written) => {
    const antrag = antragOf({ birth: { date, place: 'Berlin' } });
    expect(antrag.Personendaten.Geburt.Geburtsdatum).toBe(written);
  });

  it('says so when there is no dwelling in Germany', () => {
    const antrag = antragOf({ address: { kind: 'none-in-germany' } });
    expect(antrag.ElektronischeID.WohnortID).toBeUndefined();
    expect(linesOf(antrag)).toContainEqual(['Wohnort', 'keine Wohnung in']);
  });

  it('knows the WohnortID of a municipality', () => {
    expect(wohnortId('05315000')).toBe('02760503150000');
    expect(wohnortId('09162000')).toBe('02760901620000');
  });

  it('agrees with itself where a name has a hyphen between spaces, or breaks behind one', () => {
    const sample = order();
    const names = {
      familyName: 'Meyer - Schmidt-Leutheusser-Schnarrenberger',
      birth: { date: '1944', place: 'Köln - Porz' },
    };
    const printed = antragOf(names);
    expect(linesOf(printed).slice(0, 2)).toEqual([
      ['Namensblock', 'Meyer -'],
      ['Namensblock', 'Schmidt-Leutheusser-Schnarrenberger'],
    ]);
    const changed = { ...sample, Nutzdaten: { ...sample.Nutzdaten, Antraege: { Antrag: [printed] } } };
    expect(checkOrder(changed as BestellungDokument)).toEqual([]);
  });

  it('asks the clerk for a shortened text, takes one that agrees and no other', () => {
    const givenNames = 'Wilhelmine-Friederike-Ann Charlotte-Auguste-Maria Theodora-Elisabeth-Marta';
    const fault = (shortened: CardOrderDetails['shortened']) => {
      try {
        antragOf({ givenNames }, shortened === undefined ? {} : { shortened });
      } catch (error) {
        if (error instanceof InputError) return [error.code, error.path];
      }
      return undefined;
    };
    expect(fault(undefined)).toEqual(['too-large', 'shortened.Vornamensblock']);
    expect(fault({ Vornamensblock: 'Wilhelmina' })).toEqual(['not-allowed', 'shortened.Vornamensblock']);
    expect(fault({ Vornamensblock: 'Wilhelmine-Friederike-Ann C.-A.-M. T.-E.-M.' })).toBeUndefined();
  });
});

describe('an order is checked for', () => {
  it.each<readonly [string, (antrag: AntragPersonalausweis) => unknown, readonly string[]]>([
    [
      'a wrong check digit',
      (a) => (a.Dokumentendaten.Seriennummer = 'L0GX001231'),
      ['error Dokumentendaten.Seriennummer'],
    ],
    [
      'another authority',
      (a) => (a.Dokumentendaten.Seriennummer = 'T220001293'),
      ['warning Dokumentendaten.Seriennummer'],
    ],
    [
      'a term that ends before it begins',
      (a) => (a.Dokumentendaten.GueltigBis = '2026-03-02'),
      ['error Dokumentendaten.GueltigBis'],
    ],
    ['missing biometrics', (a) => delete a.BiometrischeMerkmale, ['error BiometrischeMerkmale']],
    ['a missing signature', (a) => delete a.Unterschrift, ['warning Unterschrift']],
    [
      'a signature of another size',
      (a) => (a.Unterschrift = { mimeCode: 'image/jpeg', inhalt: 'AAAA' }),
      ['error Unterschrift'],
    ],
    ['a missing height', (a) => delete a.Personendaten.Groesse, ['error Personendaten.Groesse']],
    [
      'a name that is too long',
      (a) => (a.Personendaten.NatuerlichePerson.NameNatuerlichePerson.Ordens_Kuenstlername = 'x'.repeat(61)),
      ['error Personendaten.Ordens_Kuenstlername'],
    ],
    [
      'lines that differ from the field',
      (a) => (a.Personendaten.Geburt.Geburtsort = 'Bonn'),
      ['error Personendaten.Druckrepraesentation.Zeile'],
    ],
    [
      'lines that are too long',
      (a) =>
        a.Dokumentendaten.Behoerdenname.Druckrepraesentation.Zeile?.push({
          Nummer: 2,
          content: 'x'.repeat(29),
          Typ: 'Behoerdenname',
        }),
      ['error Dokumentendaten.Behoerdenname.Druckrepraesentation.Zeile'],
    ],
    [
      'lines out of number',
      (a) => a.Personendaten.Druckrepraesentation.Zeile?.forEach((line) => (line.Nummer += 1)),
      Array.from({ length: 6 }, () => 'error Personendaten.Druckrepraesentation.Zeile'),
    ],
    [
      'missing lines',
      (a) => delete a.Personendaten.Druckrepraesentation.Zeile,
      Array.from({ length: 4 }, () => 'error Personendaten.Druckrepraesentation.Zeile'),
    ],
    [
      'a residence without WohnortID',
      (a) => delete a.ElektronischeID.WohnortID,
      ['error ElektronischeID.WohnortID'],
    ],
    [
      'a WohnortID of another state',
      (a) => (a.ElektronischeID.WohnortID = '12345678901234'),
      ['error ElektronischeID.WohnortID'],
    ],
    [
      'eID under 16',
      (a) => (a.Personendaten.Geburt.Geburtsdatum = '2010-03-03'),
      ['error ElektronischeID.NutzungElektronischeID'],
    ],
  ])('%s', (_, change, expected) => {
    expect(findings(change)).toEqual(expected);
  });

  it('the same AntragsID twice, and a product that is another', () => {
    const sample = order();
    const twice: BestellungDokument = {
      ...sample,
      Nachrichtenkopf: { ...sample.Nachrichtenkopf, Produktart: 'RP' },
      ...(sample.Nutzdaten === undefined
        ? {}
        : {
            Nutzdaten: {
              ...sample.Nutzdaten,
              Antraege: {
                Antrag: [...sample.Nutzdaten.Antraege.Antrag, ...sample.Nutzdaten.Antraege.Antrag],
              },
            },
          }),
    };
    expect(checkOrder(twice).map(({ path }) => path)).toEqual([
      'Nutzdaten.Antraege.Antrag[0].art',
      'Nutzdaten.Antraege.Antrag[1].AntragsID',
      'Nutzdaten.Antraege.Antrag[1].art',
    ]);
  });

  it('what only a passport has', () => {
    const sample = structuredClone(order());
    const [antrag] = sample.Nutzdaten?.Antraege.Antrag ?? [];
    if (antrag?.art !== 'AntragsdatensatzPersonalausweisType' || sample.Nutzdaten === undefined)
      throw new Error('no sample');
    const { ElektronischeID: _, ...rest } = antrag;
    sample.Nutzdaten.Antraege.Antrag = [{ ...rest, art: 'AntragsdatensatzPassType', Passart: 'PD' }];
    sample.Nachrichtenkopf.Produktart = 'RP';
    expect(checkOrder(sample).map(({ path }) => path.replace(/^.*\]\./, ''))).toEqual([
      'Personendaten.Druckrepraesentation.Zeile',
      'Dienstinfo',
    ]);
  });
});
