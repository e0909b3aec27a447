import * as z from 'zod';
import { Behoerde, Behoerdenanschrift, codeListVersions, MessageFrame } from '../xmeld/frame.js';
import type { ListVersions } from './expand.js';

/** The message that an answer refers to, as its header says. */
export const AnsweredMessage = z.object({
  uuid: z.string().max(36),
  type: z.string().regex(/^\d{4}$/),
  created: z.string().max(40),
});
/** The message that an answer refers to; `readMessageHeader` gives it. */
export type AnsweredMessage = z.output<typeof AnsweredMessage>;

/** Frame of a message with its reader. */
export const AddressedFrame = MessageFrame.extend({
  /** The reader by its DVDV identifier. */
  leser: Behoerde.pick({ kennung: true, name: true }),
  leserAnschrift: Behoerdenanschrift.optional(),
  /** Versions of further code lists by their URI. */
  listVersions: z.record(z.string(), z.string()).optional(),
});
/** Frame of a message with its reader. */
export type AddressedFrame = z.output<typeof AddressedFrame>;

/** Frame of an answer. */
export const AnswerFrame = AddressedFrame.extend({ antwortAuf: AnsweredMessage });
/** Frame of an answer. */
export type AnswerFrame = z.output<typeof AnswerFrame>;

/** Lists of territories by their URI, in the versions of 25.11a's time. */
const FURTHER_LISTS: ListVersions = {
  'urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:bundesland': '2010-04-01',
  'urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:bezirk': '2019-07-31',
  'urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:kreis': '2026-01-31',
};

/** The versions of all lists that a frame knows. */
export function listVersionsOf(frame: AddressedFrame): ListVersions {
  const { ags, erreichbarkeit, geschlecht, staat, staatsangehoerigkeit, staatsgebiete, verzeichnisdienst } =
    codeListVersions(frame);
  const named: ListVersions = {
    'urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:ags': ags,
    'urn:de:xoev:codeliste:erreichbarkeit': erreichbarkeit,
    'urn:xoev-de:xinneres:codeliste:geschlecht': geschlecht,
    'urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:staat': staat,
    'urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:staatsangehoerigkeit': staatsangehoerigkeit,
    'urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:staatsgebiete': staatsgebiete,
    'urn:xoev-de:kosit:codeliste:verzeichnisdienst': verzeichnisdienst,
  };
  return { ...FURTHER_LISTS, ...named, ...frame.listVersions };
}

/** The frame in brief form, as every message between authorities has it. */
export function framedFields(frame: AddressedFrame, type: string): Readonly<Record<string, unknown>> {
  const { produkt, autor, leser, leserAnschrift, test } = frame;
  return {
    '@produkt': produkt.name,
    '@produkthersteller': produkt.hersteller,
    ...(produkt.version === undefined ? {} : { '@produktversion': produkt.version }),
    ...(test === undefined ? {} : { '@test': test }),
    'nachrichtenkopf.g2g': {
      'identifikation.nachricht': {
        nachrichtenUUID: frame.uuid,
        nachrichtentyp: type,
        erstellungszeitpunkt: frame.erstellungszeitpunkt,
      },
      leser: { verzeichnisdienst: 'DVDV', kennung: leser.kennung, name: leser.name },
      autor: {
        verzeichnisdienst: 'DVDV',
        kennung: autor.kennung,
        name: autor.name,
        erreichbarkeit: autor.erreichbarkeit,
      },
    },
    ...(leserAnschrift === undefined ? {} : { 'anschrift.leser': postalAddress(leserAnschrift) }),
    'anschrift.autor': postalAddress(autor.anschrift),
  };
}

/** `ursprungsnachricht` of an answer, in brief form. */
export function answeredFields({ antwortAuf }: AnswerFrame): Readonly<Record<string, unknown>> {
  return {
    ursprungsnachricht: {
      nachrichtenUUID: antwortAuf.uuid,
      nachrichtentyp: antwortAuf.type,
      erstellungszeitpunkt: antwortAuf.created,
    },
  };
}

function postalAddress({ art, ...address }: Behoerdenanschrift): Readonly<Record<string, unknown>> {
  return { [art]: address };
}
