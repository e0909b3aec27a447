import { InputError } from '@buergerkoffer/formats';
import { checkBzrAnfrage } from './bzr-anfrage-rules.js';
import type { AllgemeinerName, BzrAnfrage, Empfaenger, TeilbekanntesDatum } from './bzr-anfrage.js';
import { parseBzrAnfrage } from './bzr-anfrage.js';
import { addressElements, codeElement, frameElements, rootAttributes } from './frame-writer.js';
import type { CodeListVersions } from './frame.js';
import { codeListVersions } from './frame.js';
import { BFJ, XMELD_NAMESPACE, XMELD_STANDARD, XMELD_VERSION } from './xmeld.js';
import type { XmlElement } from './xml-writer.js';
import { element, optionalElement, serializeXml } from './xml-writer.js';

/** First line of an address block that names a recipient (XInneres ZeileAufschrift). */
const FIRST_LINE = 4;

/**
 * The message 0430 in UTF-8, texts in NFC. XMeld's own elements are qualified, inherited ones of XInneres are not.
 * Throws `InputError`: `malformed` for a wrong shape, `not-allowed` with the path of the first error of
 * {@link checkBzrAnfrage}; warnings do not stop it.
 */
export function writeBzrAnfrage(input: BzrAnfrage): Uint8Array {
  const message = parseBzrAnfrage(input);
  const fault = checkBzrAnfrage(message).find(({ severity }) => severity === 'error');
  if (fault !== undefined) {
    throw new InputError('not-allowed', `${fault.code}: ${fault.message}`, { path: fault.path });
  }
  return serializeXml(
    element(
      'xmeld:datenuebermittlung.bzranfrage.0430',
      [
        ...frameElements(message, '0430', BFJ),
        optionalElement('xmeld:aktenzeichennachricht', message.aktenzeichenNachricht),
        application(message, codeListVersions(message)),
      ],
      { 'xmlns:xmeld': XMELD_NAMESPACE, ...rootAttributes(message, XMELD_STANDARD, XMELD_VERSION) },
    ),
  );
}

function application(message: BzrAnfrage, lists: CodeListVersions): XmlElement {
  const { justizbehoerdenkennzeichen, verwendungszweck, abrechnungskennzeichen } = message;
  return element('xmeld:bzranfrage', [
    codeElement('xmeld:anfrageart', message.anfrageart),
    element('xmeld:datum.antragstellung', message.datumAntragstellung),
    optionalElement('xmeld:aktenzeichenanfrage', message.aktenzeichenAnfrage),
    justizbehoerdenkennzeichen === undefined
      ? undefined
      : codeElement(
          'xmeld:justizbehoerdenkennzeichen',
          justizbehoerdenkennzeichen.code,
          justizbehoerdenkennzeichen.listVersionID,
        ),
    person(message.person, lists),
    ...(message.doktorgrade ?? []).map((grad) => element('xmeld:doktorgrad', grad)),
    element('xmeld:empfaengeranschrift', [recipient(message.empfaenger, lists)]),
    codeElement('xmeld:gebuehr', message.gebuehr),
    verwendungszweck === undefined ? undefined : purpose(verwendungszweck),
    useAbroad(message.verwendungAusland, lists),
    abrechnungskennzeichen === undefined
      ? undefined
      : codeElement('xmeld:abrechnungskennzeichen', abrechnungskennzeichen, lists.ags),
    element('xmeld:identifikation.ereignis', [
      element('ereignis.zeitpunkt', message.ereignis.zeitpunkt),
      element('ereignis.zeichen', message.ereignis.zeichen),
    ]),
  ]);
}

function person(person: BzrAnfrage['person'], lists: CodeListVersions): XmlElement {
  const current = nameElement('xmeld:aktueller.familienname.unstrukturiert', person.familienname);
  const { geburt } = person;
  return element('xmeld:identifikation.person', [
    element('xmeld:nachname.unstrukturiert', [
      person.geburtsname === undefined
        ? current
        : element('xmeld:familienname.und.geburtsname.unstrukturiert', [
            current,
            nameElement('xmeld:geburtsname.unstrukturiert', person.geburtsname),
          ]),
    ]),
    element('xmeld:vornamen', [
      nameElement('xmeld:vornamen', person.vornamen),
      person.vornamenPass === undefined ? undefined : nameElement('xmeld:vornamenPass', person.vornamenPass),
    ]),
    element('xmeld:geburt', [
      element('xmeld:geburtsort', geburt.ort),
      geburt.staat === undefined
        ? undefined
        : codeElement('xmeld:geburtsortStaat', geburt.staat, lists.staatsgebiete),
      element('xmeld:geburtsdatum', [partialDate(geburt.datum)]),
    ]),
    codeElement('xmeld:geschlecht', person.geschlecht, lists.geschlecht),
    personAddress(person.anschrift, lists),
    ...person.staatsangehoerigkeiten.map((code) =>
      codeElement('xmeld:staatsangehoerigkeit', code, lists.staatsangehoerigkeit),
    ),
  ]);
}

function nameElement(elementName: string, name: AllgemeinerName): XmlElement {
  return element(elementName, [
    typeof name === 'string' ? element('name', name) : element('nichtVorhanden', 'true'),
  ]);
}

function partialDate(date: TeilbekanntesDatum): XmlElement {
  if ('unbekannt' in date) return element('unbekannt', 'true');
  const [[precision, value] = ['jahr', '']] = Object.entries(date);
  return element('teilbekanntesDatum', [element(precision, value)]);
}

function personAddress(
  anschrift: BzrAnfrage['person']['anschrift'],
  lists: CodeListVersions,
): XmlElement | undefined {
  if (anschrift === undefined) return undefined;
  switch (anschrift.art) {
    case 'inland':
      return element('xmeld:anschrift', [
        element('xmeld:anschrift.inland', addressElements(anschrift, lists.ags)),
      ]);
    case 'ausland':
      return element('xmeld:anschrift', [
        element('xmeld:anschrift.ausland', [
          codeElement('xmeld:staat', anschrift.staat, lists.staatsgebiete),
        ]),
      ]);
    case 'unbekannt':
      return element('xmeld:anschrift', [
        element('xmeld:anschrift.unbekannt', [element('xmeld:anschriftUnbekannt', 'true')]),
      ]);
    default:
      return anschrift satisfies never;
  }
}

function recipient(empfaenger: Empfaenger, lists: CodeListVersions): XmlElement {
  switch (empfaenger.wer) {
    case 'betroffeneperson':
      return element('xmeld:betroffeneperson', [ownAddress(empfaenger.ziel, lists)]);
    case 'gesetzlichervertreter':
      return element('xmeld:gesetzlichervertreter', [otherAddress(empfaenger.ziel, lists)]);
    case 'behoerde':
      return element('xmeld:behoerde', [otherAddress(empfaenger.ziel, lists)]);
    default:
      return empfaenger satisfies never;
  }
}

type OwnAddress = Extract<Empfaenger, { wer: 'betroffeneperson' }>['ziel'];
type OtherAddress = Extract<Empfaenger, { wer: 'behoerde' }>['ziel'];

/** The type is XMeld's own, so its lines are qualified, unlike those of {@link otherAddress}. */
function ownAddress(ziel: OwnAddress, lists: CodeListVersions): XmlElement {
  if (ziel.art === 'inland') {
    return element('xmeld:inland', [
      element('xmeld:anschrift', addressElements(ziel.anschrift, lists.ags)),
      optionalElement('xmeld:postfach', ziel.postfach),
    ]);
  }
  return element('xmeld:ausland', [
    codeElement('xmeld:staat', ziel.staat, lists.staat),
    ziel.zeilen === undefined
      ? undefined
      : element('xmeld:anschriftzone', numberedLines('xmeld:zeile.anschrift', ziel.zeilen)),
  ]);
}

function otherAddress(ziel: OtherAddress, lists: CodeListVersions): XmlElement {
  switch (ziel.art) {
    case 'inland':
      return element('xmeld:inland', [
        ...numberedLines('xmeld:zeile.empfaenger', ziel.zeilen),
        element('xmeld:anschrift', addressElements(ziel.anschrift, lists.ags)),
        optionalElement('xmeld:postfach', ziel.postfach),
      ]);
    case 'ausland':
      return element('xmeld:ausland', [
        codeElement('staat', ziel.staat, lists.staat),
        ziel.zeilen === undefined
          ? undefined
          : element('anschriftzone', numberedLines('zeile.anschrift', ziel.zeilen)),
      ]);
    case 'behoerdenkennzeichen':
      return element('xmeld:behoerdenkennzeichen', [
        codeElement('xmeld:bkz', ziel.kennzeichen.code, ziel.kennzeichen.listVersionID),
        // The third line of the block, which is line 6 of the Aufschrift.
        ...(ziel.zusatz === undefined
          ? []
          : numberedLines('xmeld:zeile.zusatz', [ziel.zusatz], FIRST_LINE + 2)),
      ]);
    default:
      return ziel satisfies never;
  }
}

function numberedLines(name: string, lines: readonly string[], first = FIRST_LINE): readonly XmlElement[] {
  return lines.map((line, index) =>
    element(name, [element('zeilennummer', String(first + index)), element('inhalt', line)]),
  );
}

function purpose({ schluessel, beschreibung }: NonNullable<BzrAnfrage['verwendungszweck']>): XmlElement {
  return element('xmeld:verwendungszweck', [
    schluessel === undefined
      ? undefined
      : codeElement('xmeld:schluessel', schluessel.code, schluessel.listVersionID),
    optionalElement('xmeld:beschreibung', beschreibung),
  ]);
}

function useAbroad(use: BzrAnfrage['verwendungAusland'], lists: CodeListVersions): XmlElement | undefined {
  if (use === undefined) return undefined;
  const form =
    use.anerkennungsform === 'ueberbeglaubigung'
      ? element('xmeld:fuehrungszeugnis.auslandsverwendung.ueberbeglaubigung', [
          codeElement('xmeld:anerkennungsform', '1'),
          element('xmeld:belegnummer', use.belegnummer),
        ])
      : element('xmeld:fuehrungszeugnis.auslandsverwendung.sonstige', [
          codeElement('xmeld:anerkennungsform', '2'),
        ]);
  return element('xmeld:verwendung.ausland', [
    codeElement('xmeld:staat', use.staat, lists.staat),
    element('xmeld:auslandsverwendung.anerkennungsform', [form]),
  ]);
}
