/**
 * Elements that hold a text of DIN 91379 datatype C in OSCI-XMeld 25.11a and XInneres, by local name. Where a name is of
 * several types, it is here when one of them is a text.
 */
const ALWAYS_FILLED =
  'aktenzeichen amtlicher.gemeindename amtlichergemeindename anlassDesAbrufs anwender anwenderkennung art.der.lieferung ' +
  'auftragsnummer auftragspositionsnummer azrNummer behoerde behoerdeaktenzeichen behoerdenkennung behoerdenname ' +
  'belegnummer bezeichnung bezeichnungDerMeldebehoerde bic code dienstleister dublettennummer ereignis.zeichen ' +
  'erinnerungskennzeichen erinnerungsstatus erlaeuterung fallkennzeichen fehlermeldung fehlernummer feldinhalt feldname ' +
  'geburtsort geburtsort.auswerter geburtsort.inland geburtsort.rueckmelder geschaeftszeichen grund hausnummer.bis ' +
  'hausnummer.von hinweis.beschreibung iban idNr idNr.nachher identifikationsmerkmal idnr idnummer inhalt kennung ' +
  'kennzeichen konfliktkennzeichen konkateniert name nameJuristischePerson nachher nachrichtenUUID ' +
  'ordensOderKuenstlername ordnungsmerkmal ort.letzte.ehe.oder.lp postleitzahl pruefinstanz status sterbeort ' +
  'sterbeort.inland strasse strassenname titel vbm versionsnummer vorher wohnort zeicheneinzelfall';

/** Those that are optional wherever they stand. */
const OPTIONAL =
  'aktenzeichenanfrage aktenzeichennachricht auftragsnummer.alteanfrage auftragspositionsnummer.alteanfrage ' +
  'azrNummer.neu behoerdeUndAktenzeichen beschreibung betreff bzst.freitext datenNachLandesrecht doktorgrad ' +
  'doktorgrad.auswerter doktorgrad.rueckmelder dokumentbeschreibung dsmeld.feldnummer eigentuemerNichtWohnungsgeber ' +
  'eintragungLandesrecht element.abweichend element.letzterStandMR ergaenzende.hinweise ergaenzendeHinweise ' +
  'fehlerbeschreibung freitext gebietskoerperschaftWahlkreis hausnummer hausnummerBuchstabeZusatzziffer ' +
  'hausnummerbuchstabezusatzziffer.bis idNr.auswerter idNr.rueckmelder kuenstlername kuenstlername.auswerter ' +
  'kuenstlername.rueckmelder kundennummer loeschungLandesrecht nachbeurkundung.ehe.oder.lebenspartnerschaft ' +
  'nachrichten.id nachrichtenId nachweis.akademischer.grad nummer ordensname ordensname.auswerter ' +
  'ordensname.rueckmelder ortsteilname postfach rueckmeldungLandesrecht seriennummer sperrkennwort sperrsumme ' +
  'stockwerkswohnungsnummer strassenschluessel teilnummerDerHausnummer teilnummerderhausnummer.bis ' +
  'wohnortFruehererGemeindename wohnungsbindung wohnungsinhaber zeichennachricht zugangsportal zusatz zusatzangaben';

/** Texts that may have several lines. */
const SEVERAL_LINES =
  'anlassDesAbrufs bzst.freitext datenNachLandesrecht dokumentbeschreibung eintragungLandesrecht element.abweichend ' +
  'element.letzterStandMR ergaenzende.hinweise ergaenzendeHinweise erlaeuterung fehlerbeschreibung fehlermeldung ' +
  'feldinhalt freitext hinweis.beschreibung loeschungLandesrecht nachbeurkundung.ehe.oder.lebenspartnerschaft ' +
  'rueckmeldungLandesrecht zusatz';

const FILLED = new Set(ALWAYS_FILLED.split(' '));
const MAY_BE_ABSENT = new Set(OPTIONAL.split(' '));
const MAY_HAVE_LINES = new Set(SEVERAL_LINES.split(' '));

/** What an element without children is, by its local name; `undefined` when it holds no text of DIN 91379. */
export function textLeaf(
  local: string,
): { readonly optional: boolean; readonly lines: 'one line' | 'several lines' } | undefined {
  const optional = MAY_BE_ABSENT.has(local);
  if (!optional && !FILLED.has(local)) return undefined;
  return { optional, lines: MAY_HAVE_LINES.has(local) ? 'several lines' : 'one line' };
}
