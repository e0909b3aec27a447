import * as messages from '../../src/messages/index.js';
import * as sample from './samples.js';

const { FRAME, FROM_POLICE, FROM_PORTAL, TO_PORTAL, answering } = sample;

/** Every builder with a frame and a content of its own. */
export const WRITTEN: Readonly<Record<string, () => Uint8Array>> = {
  '0300': () => messages.datenanforderung0300.write(FRAME, sample.CONTENT_0300),
  '0301': () => messages.datenbereitstellung0301.write(answering(FRAME, '0300'), sample.CONTENT_0301),
  '0201': () => messages.rueckmeldung0201.write(FRAME, sample.CONTENT_0201),
  '0006': () => messages.dokument0006.write(FRAME, sample.CONTENT_0006),
  '0010': () => messages.rueckweisung0010.write(FRAME, sample.CONTENT_0010),
  '1330': () => messages.personensuche1330.write(FROM_POLICE, sample.CONTENT_1330),
  '1331': () => messages.personensucheAntwort1331.write(answering(FRAME, '1330'), sample.CONTENT_1331),
  '1332': () => messages.freieSuche1332.write(FROM_POLICE, sample.CONTENT_1332),
  '1333': () => messages.freieSucheAntwort1333.write(answering(FRAME, '1332'), sample.CONTENT_1333),
  '1500': () => messages.hinweis1500.write(FROM_POLICE, sample.CONTENT_1500),
  '1501': () => messages.hinweisAntwort1501.write(answering(FRAME, '1500'), sample.CONTENT_1501),
  '1700': () => messages.meldebescheinigungAnfrage1700.write(FROM_PORTAL, sample.CONTENT_1700),
  '1701': () => messages.meldebescheinigung1701.write(answering(TO_PORTAL, '1700'), sample.CONTENT_1701),
  '1704': () => messages.meldeschein1704.write(FROM_PORTAL, sample.CONTENT_1704),
  '1705': () => messages.statusmitteilung1705.write(answering(TO_PORTAL, '1704'), sample.CONTENT_1705),
  '1706': () => messages.bestaetigungscode1706.write(FROM_PORTAL, sample.CONTENT_1706),
  '1707': () => messages.ergebnis1707.write(answering(TO_PORTAL, '1704'), sample.CONTENT_1707),
  '1708': () => messages.selbstauskunftAnfrage1708.write(FROM_PORTAL, sample.CONTENT_1708),
  '1709': () => messages.selbstauskunftStatus1709.write(answering(TO_PORTAL, '1708'), sample.CONTENT_1709),
  '1710': () => messages.selbstauskunft1710.write(answering(TO_PORTAL, '1708'), sample.CONTENT_1710),
};
