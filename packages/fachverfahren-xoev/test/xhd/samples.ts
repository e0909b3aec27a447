import { antragFromApplication, GID_NAMESPACE, NOT_CERTIFIED, PRINTED_XHD } from '../../src/xhd/index.js';
import type { BestellungDokument, CardOrderDetails, Nachrichtenkopf } from '../../src/xhd/index.js';
import { application } from './application.js';

/** A `gid-app` of the few names that are public; its content is another component's business. */
export const GID_APP = `<gid-app xmlns="${GID_NAMESPACE}"><FaceAcquisition><Records><Record type="icao-cbeff-bit-bdb-19794-5"><Data>AAEC</Data></Record></Records></FaceAcquisition></gid-app>`;

export const DETAILS: CardOrderDetails = {
  antragsId: 'A-0001',
  seriennummer: 'L0GX001230',
  behoerde: { kurzbezeichnung: 'Musterstadt', name: 'Stadt Musterstadt' },
  pin: {
    lieferadresse: ['Erika Mustermann', 'Heidestraße 17', '51147 Köln'],
    ruecksendeadresse: 'Stadt Musterstadt',
    versand: false,
  },
  gidApp: GID_APP,
  unterschrift: { mimeCode: 'image/jp2', bytes: Uint8Array.of(1, 2, 3) },
};

export const HEAD: Nachrichtenkopf = {
  NachrichtenID: 'N-1',
  Bestellnummer: 'L0GX0011_2026-03-02_09:30:00',
  Senderkennung: 'pab:09000009_00',
  Empfaengerkennung: 'dbs:000000000',
  Verfahrenskennung: 'Bürgerkoffer SDK',
  Testnachricht: 1,
  Erstellungszeitpunkt: '2026-03-02T09:30:00.000+01:00',
  Produktart: 'PA',
  Version_XhD: PRINTED_XHD.version,
};

const ADDRESS = {
  Druckrepraesentation: {
    Zeile: [{ Nummer: 1, content: 'Stadt Musterstadt', Typ: 'Lieferadresse' as const }],
  },
};

/** An order of one identity card without a finding. */
export function order(details: Partial<CardOrderDetails> = {}): BestellungDokument {
  return {
    nachricht: 'BestellungDokument',
    Nachrichtenkopf: HEAD,
    Nutzdaten: {
      Antraege: { Antrag: [antragFromApplication(application(), { ...DETAILS, ...details })] },
      Rechnungsadresse: ADDRESS,
      Lieferadresse: ADDRESS,
      Zertifizierungsinformationen: {
        Komponente: [
          {
            KomponentenName: 'Bürgerkoffer SDK',
            Versionsinformation: '0.1.0',
            ZertifizierungsID: NOT_CERTIFIED,
          },
        ],
      },
    },
  };
}
