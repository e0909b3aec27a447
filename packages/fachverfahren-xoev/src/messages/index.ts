export {
  bestaetigungscode1706,
  datenanforderung0300,
  datenbereitstellung0301,
  ergebnis1707,
  meldeschein1704,
  rueckmeldung0201,
  statusmitteilung1705,
} from './anmeldung.js';
export type { BareField, Brief, BriefObject, ListedCode } from './brief.js';
export { answerBuilder, messageBuilder } from './builder.js';
export type { BuildOptions, FramedField, MessageBuilder, MessageContent, MessageRoot } from './builder.js';
export {
  freieSuche1332,
  freieSucheAntwort1333,
  personensuche1330,
  personensucheAntwort1331,
} from './datenabruf.js';
export { dokument0006 } from './dokument.js';
export { writeBzrAnfrage } from './fuehrungszeugnis.js';
export { hinweis1500, hinweisAntwort1501 } from './hinweis.js';
export { identificationOf } from './identification.js';
export type { OnlinediensteIdentifikation } from './identification.js';
export {
  erweitert,
  LEBENSBESCHEINIGUNG,
  meldebescheinigung1701,
  meldebescheinigungAnfrage1700,
  MINDESTUMFANG,
} from './meldebescheinigung.js';
export type { Datenumfang } from './meldebescheinigung.js';
export { AddressedFrame, AnsweredMessage, AnswerFrame } from './message-frame.js';
export { rueckweisung0010, writeRueckweisung } from './rueckweisung.js';
export type { RueckweisungInput, WrittenReason } from './rueckweisung.js';
export { selbstauskunft1710, selbstauskunftAnfrage1708, selbstauskunftStatus1709 } from './selbstauskunft.js';
