export {
  AntragEidKarte,
  AntragPass,
  AntragPersonalausweis,
  Antrag,
  AntragsID,
  Dokumentendaten,
  GID_NAMESPACE,
} from './antrag.js';
export { checkOrder } from './check-order.js';
export type { XhdFinding } from './finding.js';
export {
  BestellungDokument,
  Nachrichtenkopf,
  NOT_CERTIFIED,
  Produktart,
  Rueckmeldung,
  XhdMessage,
} from './message.js';
export { antragFromApplication, wohnortId } from './order-from-application.js';
export type { CardOrderDetails } from './order-from-application.js';
export { Anschrift, Personendaten } from './person.js';
export { Druckrepraesentation, Druckzeile, DruckzeileTyp } from './print-block.js';
export { agreesWith, fitPrintLines, shortStreet, suggestShortened } from './print-lines.js';
export type { PrintFit, PrintText } from './print-lines.js';
export { PROFILES } from './profile.js';
export type { DocumentProfile, LimitedField, PrintSize, ProfiledProduct } from './profile.js';
export { readSerialNumberFile } from './serial-number-file.js';
export type { SerialNumberStock } from './serial-number-file.js';
export { PRINTED_XHD } from './xhd-encoder.js';
export type { ReadXhdMessage, XhdEncoder } from './xhd-encoder.js';
