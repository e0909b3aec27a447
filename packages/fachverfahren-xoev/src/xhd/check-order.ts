import { decodeBase64, InputError, parseSerialNumber, readJpegInfo } from '@buergerkoffer/formats';
import { hasReached } from '@buergerkoffer/procedures/model';
import type { Antrag } from './antrag.js';
import { checkLengths, checkPerson } from './check-person.js';
import { checkPrint } from './check-print.js';
import { XhdFindings } from './finding.js';
import type { XhdFinding } from './finding.js';
import type { BestellungDokument } from './message.js';
import { PROFILES } from './profile.js';
import type { DocumentProfile, ProfiledProduct } from './profile.js';

/**
 * What TR-03123 1.6.1 says of an order beyond its shape: profile of the document, lengths, print lines, identities,
 * term. No finding is a promise: the manufacturer's own list of errors is not public.
 */
export function checkOrder({ Nachrichtenkopf: head, Nutzdaten }: BestellungDokument): readonly XhdFinding[] {
  const findings = new XhdFindings();
  findings.error(
    Nutzdaten === undefined,
    'Nutzdaten',
    'the order has no content',
    'Die Bestellung ist leer.',
  );
  const applications = Nutzdaten?.Antraege.Antrag ?? [];
  const ids = applications.map(({ AntragsID }) => AntragsID);
  applications.forEach((application, index) => {
    const below = findings.at(`Nutzdaten.Antraege.Antrag[${index}]`);
    below.error(
      ids.indexOf(application.AntragsID) !== index,
      'AntragsID',
      'another application of the order has the same AntragsID',
      'Die AntragsID kommt in der Bestellung mehrfach vor.',
    );
    below.warning(
      !application.Dokumentendaten.Seriennummer.startsWith(head.Bestellnummer.slice(0, 4)),
      'Dokumentendaten.Seriennummer',
      'the Behördenkennzahl differs from that of the order number',
      'Die Behördenkennzahl der Seriennummer weicht von der Bestellnummer ab.',
    );
    const product = productOf(application);
    below.error(
      product !== head.Produktart,
      'art',
      'the application is for another product than the order',
      'Der Antrag passt nicht zur Produktart der Bestellung.',
    );
    checkApplication(application, product, PROFILES[product], below);
  });
  return findings.all;
}

function productOf({ art }: Antrag): ProfiledProduct {
  switch (art) {
    case 'AntragsdatensatzPersonalausweisType':
      return 'PA';
    case 'AntragsdatensatzPassType':
      return 'RP';
    case 'AntragsdatensatzEIDKarteUBType':
      return 'UB';
    default:
      return art satisfies never;
  }
}

function checkApplication(
  application: Antrag,
  product: ProfiledProduct,
  profile: DocumentProfile,
  findings: XhdFindings,
): void {
  checkPerson(application.Personendaten, product, profile, findings.at('Personendaten'));
  checkDocument(application, product, profile, findings.at('Dokumentendaten'));
  checkImages(application, profile, findings);
  if (application.art === 'AntragsdatensatzPassType') checkPass(application, findings);
  else checkEid(application, findings.at('ElektronischeID'));
}

function checkDocument(
  { Dokumentendaten: document }: Antrag,
  product: ProfiledProduct,
  profile: DocumentProfile,
  findings: XhdFindings,
): void {
  findings.error(
    serialFault(document.Seriennummer),
    'Seriennummer',
    'not a serial number with a fitting check digit',
    'Die Seriennummer oder ihre Prüfziffer stimmt nicht.',
  );
  findings.error(
    document.GueltigBis <= document.GueltigVon,
    'GueltigBis',
    'not after GueltigVon',
    'Das Ende der Gültigkeit liegt nicht nach ihrem Beginn.',
  );
  findings.error(
    product === 'RP' && document.Reklamation?.Reklamationsgrund.Reklamationsklasse === 'PIN-Brief',
    'Reklamation.Reklamationsgrund.Reklamationsklasse',
    'a passport has no PIN letter',
    'Zu einem Reisepass gibt es keinen PIN-Brief.',
  );
  const { Name, Kurzbezeichnung, Druckrepraesentation } = document.Behoerdenname;
  checkLengths(
    {
      Behoerdenname: Name,
      Kurzbezeichnung,
      Ausstellungsort: document.Ausstellungsort,
      AlternativeNamensdarstellungInMRZ: document.AlternativeNamensdarstellungInMRZ,
    },
    profile,
    findings,
  );
  const print = findings.at('Behoerdenname.Druckrepraesentation');
  print.error(
    !(Druckrepraesentation.Zeile ?? []).some(({ Typ }) => Typ === 'Behoerdenname'),
    'Zeile',
    'the print lines Behoerdenname are missing',
    'Die Druckzeilen „Behoerdenname“ fehlen.',
  );
  checkPrint(Druckrepraesentation, profile.lines, {}, print);
}

function serialFault(serial: string): boolean {
  try {
    return parseSerialNumber(serial).kind !== 'card';
  } catch (error) {
    if (error instanceof InputError) return true;
    throw error;
  }
}

function checkImages(application: Antrag, profile: DocumentProfile, findings: XhdFindings): void {
  const hasImages = profile.signature !== undefined;
  findings.error(
    hasImages && application.BiometrischeMerkmale === undefined,
    'BiometrischeMerkmale',
    'is missing for this document',
    'Lichtbild und Fingerabdrücke fehlen.',
  );
  findings.error(
    !hasImages && (application.BiometrischeMerkmale !== undefined || application.Unterschrift !== undefined),
    '',
    'an eID card has neither biometrics nor signature',
    'Eine eID-Karte hat weder Lichtbild, Fingerabdrücke noch Unterschrift.',
  );
  if (profile.signature === undefined) return;
  // How a holder without signature (under 10, unable to write) is sent is not printed.
  findings.warning(
    application.Unterschrift === undefined,
    'Unterschrift',
    'the profile asks for a signature',
    'Die Unterschrift fehlt.',
  );
  if (application.Unterschrift?.mimeCode !== 'image/jpeg') return;
  const { width, height } = profile.signature;
  findings.error(
    !isJpegOf(application.Unterschrift.inhalt, width, height),
    'Unterschrift',
    `not a JPEG of ${width} by ${height} pixels`,
    `Das Bild der Unterschrift ist kein JPEG mit ${width} × ${height} Bildpunkten.`,
  );
}

function isJpegOf(base64: string, width: number, height: number): boolean {
  try {
    const info = readJpegInfo(decodeBase64(base64));
    return info.width === width && info.height === height;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

function checkPass(
  application: Extract<Antrag, { art: 'AntragsdatensatzPassType' }>,
  findings: XhdFindings,
): void {
  const isOfficial = application.Passart !== 'P';
  findings.error(
    isOfficial !== (application.Dienstinfo !== undefined),
    'Dienstinfo',
    'mandatory for PO and PD, not allowed for P',
    'Dienstangaben gehören zu Dienst- und Diplomatenpass und nur dorthin.',
  );
  const nationality = application.Personendaten.NatuerlichePerson.Staatsangehoerigkeit?.Staat;
  findings.error(
    !isOfficial && nationality !== undefined && nationality !== 'D',
    'Personendaten.NatuerlichePerson.Staatsangehoerigkeit',
    'only PD and PO may be for another nationality',
    'Einen Reisepass erhalten nur Deutsche.',
  );
}

function checkEid(
  application: Exclude<Antrag, { art: 'AntragsdatensatzPassType' }>,
  findings: XhdFindings,
): void {
  const { ElektronischeID: eid, Personendaten: person, Dokumentendaten: document } = application;
  const { Anschrift: address } = person.NatuerlichePerson;
  const isGerman = address.Staat === undefined || address.Staat.Staat === 'D';
  findings.error(
    isGerman && address.Postleitzahl !== undefined && eid.WohnortID === undefined,
    'WohnortID',
    'mandatory with a residence in Germany',
    'Zur Wohnung in Deutschland fehlt die Wohnort-ID.',
  );
  findings.error(
    eid.WohnortID !== undefined && !eid.WohnortID.startsWith('0276'),
    'WohnortID',
    'does not begin with 0276',
    'Die Wohnort-ID beginnt nicht mit 0276.',
  );
  const born = person.Geburt.Geburtsdatum.replaceAll('-XX', '');
  findings.error(
    eid.NutzungElektronischeID && hasReached(born, 16, document.GueltigVon) === 'no',
    'NutzungElektronischeID',
    'must be false under 16',
    'Unter 16 Jahren bleibt die Online-Ausweisfunktion ausgeschaltet.',
  );
}
