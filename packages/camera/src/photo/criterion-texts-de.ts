import type { CriterionId } from './thresholds.js';

/** The criteria as a clerk reads them, and what to do where one is not met. */
const TEXTS: Readonly<Record<CriterionId, { readonly name: string; readonly remedy: string }>> = {
  '1.1': { name: 'Kopfdrehung zur Seite', remedy: 'Bitte gerade in die Kamera schauen.' },
  '1.2': { name: 'Kopfneigung nach vorn oder hinten', remedy: 'Bitte das Kinn weder heben noch senken.' },
  '1.3': { name: 'Kopfneigung zur Schulter', remedy: 'Bitte den Kopf gerade halten.' },
  '2.1': { name: 'Neutraler Gesichtsausdruck', remedy: 'Bitte neutral schauen.' },
  '2.2': { name: 'Mund geschlossen', remedy: 'Bitte den Mund schließen.' },
  '2.3': { name: 'Augenbrauen nicht hochgezogen', remedy: 'Bitte die Stirn entspannen.' },
  '3.1': { name: 'Augen geöffnet', remedy: 'Bitte die Augen öffnen.' },
  '3.2': {
    name: 'Augen nicht verdeckt',
    remedy: 'Bitte Haare und Brille so richten, dass die Augen frei sind.',
  },
  '3.3': { name: 'Blick in die Kamera', remedy: 'Bitte in die Kamera schauen.' },
  '4.1': { name: 'Hintergrund einfarbig', remedy: 'Bitte vor einen einfarbigen, hellen Hintergrund setzen.' },
  '4.2': {
    name: 'Hintergrund ohne Schatten',
    remedy: 'Bitte Abstand zum Hintergrund und gleichmäßiges Licht schaffen.',
  },
  '4.3': { name: 'Keine weiteren Personen oder Gegenstände', remedy: 'Bitte die Person allein aufnehmen.' },
  '5.1': { name: 'Höhe des Bildes', remedy: 'Bitte das Foto neu zuschneiden.' },
  '5.2': { name: 'Breite des Bildes', remedy: 'Bitte das Foto neu zuschneiden.' },
  '5.3': { name: 'Kopfbreite', remedy: 'Bitte den Ausschnitt anpassen.' },
  '5.4': { name: 'Kopfhöhe', remedy: 'Bitte den Ausschnitt anpassen.' },
  '5.5': { name: 'Augen in der Höhe', remedy: 'Bitte den Ausschnitt nach oben oder unten verschieben.' },
  '5.6': { name: 'Augen in der Mitte', remedy: 'Bitte den Ausschnitt zur Seite verschieben.' },
  '5.7': { name: 'Augenabstand', remedy: 'Bitte mit der Kamera näher herangehen.' },
  '6.1': { name: 'Gleichmäßige Beleuchtung', remedy: 'Bitte das Gesicht von vorn gleichmäßig beleuchten.' },
  '6.2': { name: 'Keine Schatten im Gesicht', remedy: 'Bitte das Licht weicher und von vorn einrichten.' },
  '6.3': { name: 'Keine glänzenden Stellen auf der Haut', remedy: 'Bitte das Licht weicher einrichten.' },
  '6.4': {
    name: 'Keine Spiegelung in der Brille',
    remedy: 'Bitte die Brille abnehmen oder den Kopf leicht anders halten.',
  },
  '7.1': { name: 'Belichtung', remedy: 'Bitte das Licht oder die Belichtung der Kamera anpassen.' },
  '7.2': { name: 'Schärfe', remedy: 'Bitte auf die Augen scharfstellen und die Kamera ruhig halten.' },
  '7.3': { name: 'Natürliche Farben', remedy: 'Bitte den Weißabgleich der Kamera einstellen.' },
  '7.4': { name: 'Keine roten Augen', remedy: 'Bitte ohne Blitz von vorn aufnehmen.' },
  '7.5': { name: 'Farbbild in sRGB', remedy: 'Bitte in Farbe und mit der Einstellung sRGB aufnehmen.' },
  '7.6': { name: 'Helligkeitsstufen', remedy: 'Bitte mit mehr Licht und ohne Filter aufnehmen.' },
};

/** A criterion's German name and what to do where it is not met. */
export function criterionTextDe(id: CriterionId): { readonly name: string; readonly remedy: string } {
  return TEXTS[id];
}
