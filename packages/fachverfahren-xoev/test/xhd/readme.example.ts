import {
  antragFromApplication,
  type BestellungDokument,
  type CardOrderDetails,
  checkOrder,
  type Nachrichtenkopf,
  NOT_CERTIFIED,
  PRINTED_XHD,
} from '@buergerkoffer/fachverfahren-xoev/xhd';
import type { DocumentApplication } from '@buergerkoffer/procedures/model';

/** The order of one identity card as XML; findings are told in German. */
export function orderCard(
  application: DocumentApplication,
  details: CardOrderDetails,
  head: Omit<Nachrichtenkopf, 'Version_XhD'>,
): Uint8Array {
  const printed = [{ Nummer: 1, content: application.authority.name, Typ: 'Lieferadresse' as const }];
  const order: BestellungDokument = {
    nachricht: 'BestellungDokument',
    Nachrichtenkopf: { ...head, Version_XhD: PRINTED_XHD.version },
    Nutzdaten: {
      Antraege: { Antrag: [antragFromApplication(application, details)] },
      Rechnungsadresse: { Druckrepraesentation: { Zeile: printed } },
      Lieferadresse: { Druckrepraesentation: { Zeile: printed } },
      Zertifizierungsinformationen: {
        Komponente: [
          {
            KomponentenName: 'Bürgerkoffer SDK',
            Versionsinformation: '0.1',
            ZertifizierungsID: NOT_CERTIFIED,
          },
        ],
      },
    },
  };
  for (const { path, messageDe } of checkOrder(order)) console.warn(path, messageDe);
  return PRINTED_XHD.encode(order);
}
