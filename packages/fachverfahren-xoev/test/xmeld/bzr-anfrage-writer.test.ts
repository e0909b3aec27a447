import { InputError } from '@buergerkoffer/formats';
import { describe, expect, it } from 'vitest';
import { readMessageHeader, writeBzrAnfrage } from '../../src/xmeld/index.js';
import { FOR_AUTHORITY, SAMPLE } from './samples.js';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const GOLDEN = [
  '<?xml version="1.0" encoding="UTF-8"?>\n',
  '<xmeld:datenuebermittlung.bzranfrage.0430 xmlns:xmeld="http://www.osci.de/xmeld2511a" produkt="Bürgerkoffer"',
  ' produkthersteller="Beispiel &amp; Söhne" produktversion="0.1.0" standard="XMeld" test="Testnachricht" version="25.11a">',
  '<nachrichtenkopf.g2g><identifikation.nachricht>',
  '<nachrichtenUUID>3c1d6c1e-7f1a-4c52-9a37-0d5f4b1b0430</nachrichtenUUID>',
  '<nachrichtentyp><code>0430</code></nachrichtentyp>',
  '<erstellungszeitpunkt>2026-02-09T10:15:00.000+01:00</erstellungszeitpunkt></identifikation.nachricht>',
  '<leser><verzeichnisdienst listVersionID="3"><code>DVDV</code></verzeichnisdienst>',
  '<kennung>dbs:490040010000</kennung><name>Bundesamt für Justiz</name></leser>',
  '<autor><verzeichnisdienst listVersionID="3"><code>DVDV</code></verzeichnisdienst>',
  '<kennung>ags:09000009</kennung><name>S Stadt, Bürgerbüro</name>',
  '<erreichbarkeit><kanal listVersionID="3"><code>01</code></kanal><kennung>buergerbuero@example.org</kennung></erreichbarkeit>',
  '</autor></nachrichtenkopf.g2g>',
  '<anschrift.autor><gebaeude><hausnummer>1</hausnummer><postleitzahl>60000</postleitzahl>',
  '<strasse>Rathausplatz</strasse><wohnort>S Stadt</wohnort></gebaeude></anschrift.autor>',
  '<xmeld:bzranfrage><xmeld:anfrageart><code>NB</code></xmeld:anfrageart>',
  '<xmeld:datum.antragstellung>2026-02-09</xmeld:datum.antragstellung>',
  '<xmeld:identifikation.person><xmeld:nachname.unstrukturiert><xmeld:familienname.und.geburtsname.unstrukturiert>',
  '<xmeld:aktueller.familienname.unstrukturiert><name>Mustermann</name></xmeld:aktueller.familienname.unstrukturiert>',
  '<xmeld:geburtsname.unstrukturiert><name>Gabler</name></xmeld:geburtsname.unstrukturiert>',
  '</xmeld:familienname.und.geburtsname.unstrukturiert></xmeld:nachname.unstrukturiert>',
  '<xmeld:vornamen><xmeld:vornamen><name>Erika</name></xmeld:vornamen></xmeld:vornamen>',
  '<xmeld:geburt><xmeld:geburtsort>Berlin</xmeld:geburtsort><xmeld:geburtsdatum><teilbekanntesDatum>',
  '<jahrMonatTag>1964-08-12</jahrMonatTag></teilbekanntesDatum></xmeld:geburtsdatum></xmeld:geburt>',
  '<xmeld:geschlecht listVersionID="1"><code>w</code></xmeld:geschlecht>',
  '<xmeld:anschrift><xmeld:anschrift.inland><gemeindeschluessel listVersionID="2026-04-30"><code>09000009</code></gemeindeschluessel>',
  '<hausnummer>3</hausnummer><hausnummerBuchstabeZusatzziffer>a</hausnummerBuchstabeZusatzziffer>',
  '<postleitzahl>60000</postleitzahl><strasse>Heidestraße</strasse><wohnort>S Stadt</wohnort>',
  '</xmeld:anschrift.inland></xmeld:anschrift>',
  '<xmeld:staatsangehoerigkeit listVersionID="2024-08-01"><code>000</code></xmeld:staatsangehoerigkeit></xmeld:identifikation.person>',
  '<xmeld:empfaengeranschrift><xmeld:betroffeneperson><xmeld:inland><xmeld:anschrift><hausnummer>3</hausnummer>',
  '<postleitzahl>60000</postleitzahl><strasse>Heidestraße</strasse><wohnort>S Stadt</wohnort></xmeld:anschrift>',
  '</xmeld:inland></xmeld:betroffeneperson></xmeld:empfaengeranschrift>',
  '<xmeld:gebuehr><code>A</code></xmeld:gebuehr>',
  '<xmeld:verwendungszweck><xmeld:beschreibung>Ehrenamt</xmeld:beschreibung></xmeld:verwendungszweck>',
  '<xmeld:identifikation.ereignis><ereignis.zeitpunkt>2026-02-09T10:14:59.123+01:00</ereignis.zeitpunkt>',
  '<ereignis.zeichen>KOFFER0001</ereignis.zeichen></xmeld:identifikation.ereignis>',
  '</xmeld:bzranfrage></xmeld:datenuebermittlung.bzranfrage.0430>',
].join('');

describe('the writer of 0430', () => {
  it('writes elements in the order of the schema, XMeld qualified and XInneres unqualified', () => {
    expect(text(writeBzrAnfrage(SAMPLE))).toBe(GOLDEN);
  });

  it('writes a header that the reader of headers reads', () => {
    expect(readMessageHeader(writeBzrAnfrage(SAMPLE))).toEqual({
      root: { uri: 'http://www.osci.de/xmeld2511a', local: 'datenuebermittlung.bzranfrage.0430' },
      standard: 'XMeld',
      version: '25.11a',
      test: true,
      type: '0430',
      uuid: SAMPLE.uuid,
      created: SAMPLE.erstellungszeitpunkt,
      author: 'ags:09000009',
      reader: 'dbs:490040010000',
    });
  });

  it('numbers the line within an authority as the sixth of the address', () => {
    expect(text(writeBzrAnfrage(FOR_AUTHORITY))).toContain(
      '<xmeld:zeile.zusatz><zeilennummer>6</zeilennummer><inhalt>Zimmer 12</inhalt></xmeld:zeile.zusatz>',
    );
  });

  it('leaves out the attribute test in production', () => {
    const { test: _, ...production } = SAMPLE;
    const xml = writeBzrAnfrage(production);
    expect(text(xml)).not.toContain(' test=');
    expect(readMessageHeader(xml).test).toBe(false);
  });

  it('brings names to normal form C', () => {
    const decomposed = { ...SAMPLE, person: { ...SAMPLE.person, familienname: 'Mu\u0308ller' } };
    expect(text(writeBzrAnfrage(decomposed))).toContain('<name>Müller</name>');
  });

  it('refuses what breaks a rule with the path of the field and without its value', () => {
    const wrong = { ...SAMPLE, person: { ...SAMPLE.person, familienname: 'Geheim\tKanarienvogel' } };
    const refusal = (): unknown => writeBzrAnfrage(wrong);
    expect(refusal).toThrow(InputError);
    expect(refusal).toThrow(expect.objectContaining({ code: 'not-allowed', path: 'person.familienname' }));
    expect(refusal).not.toThrow(/Kanarienvogel/);
  });

  it('refuses another shape with the path of the field and without its value', () => {
    const wrong = JSON.parse(JSON.stringify({ ...SAMPLE, gebuehr: 'Kanarienvogel' }));
    const refusal = (): unknown => writeBzrAnfrage(wrong);
    expect(refusal).toThrow(expect.objectContaining({ code: 'malformed', path: 'gebuehr' }));
    expect(refusal).not.toThrow(/Kanarienvogel/);
  });
});
