import type { Behoerde, Behoerdenanschrift, CodeListVersions, MessageFrame } from './frame.js';
import { codeListVersions } from './frame.js';
import type { XmlElement } from './xml-writer.js';
import { element, optionalElement } from './xml-writer.js';

/** A code element: XInneres is unqualified, so its child `code` bears no prefix, whatever the parent's is. */
export function codeElement(name: string, code: string, listVersionID?: string): XmlElement {
  return element(name, [element('code', code)], { listVersionID });
}

/** The attributes of the root element (XInneres Nachricht.G2G.Grundstruktur). */
export function rootAttributes(
  frame: Pick<MessageFrame, 'produkt' | 'test'>,
  standard: string,
  version: string,
): Readonly<Record<string, string | undefined>> {
  return {
    produkt: frame.produkt.name,
    produkthersteller: frame.produkt.hersteller,
    produktversion: frame.produkt.version,
    standard,
    test: frame.test,
    version,
  };
}

/** `nachrichtenkopf.g2g` and `anschrift.autor`, in the order of the schema. */
export function frameElements(
  frame: MessageFrame,
  messageType: string,
  reader: Pick<Behoerde, 'kennung' | 'name'>,
): readonly XmlElement[] {
  const lists = codeListVersions(frame);
  return [
    element('nachrichtenkopf.g2g', [
      element('identifikation.nachricht', [
        element('nachrichtenUUID', frame.uuid),
        codeElement('nachrichtentyp', messageType),
        element('erstellungszeitpunkt', frame.erstellungszeitpunkt),
      ]),
      authority('leser', { ...reader, erreichbarkeit: [] }, lists),
      authority('autor', frame.autor, lists),
    ]),
    element('anschrift.autor', [authorityAddress(frame.autor.anschrift)]),
  ];
}

function authority(name: string, behoerde: Behoerde, lists: CodeListVersions): XmlElement {
  return element(name, [
    codeElement('verzeichnisdienst', 'DVDV', lists.verzeichnisdienst),
    element('kennung', behoerde.kennung),
    element('name', behoerde.name),
    ...behoerde.erreichbarkeit.map(({ kanal, kennung, zusatz }) =>
      element('erreichbarkeit', [
        codeElement('kanal', kanal, lists.erreichbarkeit),
        element('kennung', kennung),
        optionalElement('zusatz', zusatz),
      ]),
    ),
  ]);
}

function authorityAddress(anschrift: Behoerdenanschrift): XmlElement {
  if (anschrift.art === 'gebaeude') return element('gebaeude', addressElements(anschrift, undefined));
  return element('postfach', [
    optionalElement('postfach', anschrift.postfach),
    element('wohnort', anschrift.wohnort),
    element('postleitzahl', anschrift.postleitzahl),
  ]);
}

/** Fields of an address within Germany, each optional here; the schemas of the callers require theirs. */
export interface InlandAddressFields {
  readonly gemeindeschluessel?: string | undefined;
  readonly hausnummer?: string | undefined;
  readonly hausnummerBuchstabeZusatzziffer?: string | undefined;
  readonly postleitzahl?: string | undefined;
  readonly stockwerkswohnungsnummer?: string | undefined;
  readonly strasse?: string | undefined;
  readonly teilnummerDerHausnummer?: string | undefined;
  readonly wohnort?: string | undefined;
  readonly wohnortFruehererGemeindename?: string | undefined;
  readonly wohnungsinhaber?: string | undefined;
  readonly zusatzangaben?: string | undefined;
}

/** The children of a Meldeanschrift (XInneres, version 5), in the order that its sequence demands. */
export function addressElements(
  fields: InlandAddressFields,
  agsListVersion: string | undefined,
): readonly (XmlElement | undefined)[] {
  return [
    fields.gemeindeschluessel === undefined
      ? undefined
      : codeElement('gemeindeschluessel', fields.gemeindeschluessel, agsListVersion),
    optionalElement('hausnummer', fields.hausnummer),
    optionalElement('hausnummerBuchstabeZusatzziffer', fields.hausnummerBuchstabeZusatzziffer),
    optionalElement('postleitzahl', fields.postleitzahl),
    optionalElement('stockwerkswohnungsnummer', fields.stockwerkswohnungsnummer),
    optionalElement('strasse', fields.strasse),
    optionalElement('teilnummerDerHausnummer', fields.teilnummerDerHausnummer),
    optionalElement('wohnort', fields.wohnort),
    optionalElement('wohnortFruehererGemeindename', fields.wohnortFruehererGemeindename),
    optionalElement('wohnungsinhaber', fields.wohnungsinhaber),
    optionalElement('zusatzangaben', fields.zusatzangaben),
  ];
}
