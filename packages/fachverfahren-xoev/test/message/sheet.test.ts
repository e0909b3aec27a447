import { describe, expect, it } from 'vitest';
import { XMELD_25_11A_DESCRIPTOR } from '../../src/generated/xmeld-25.11a/index.js';
import { germanLabel } from '../../src/message/german-label.js';
import {
  messageSheet,
  readMessageTree,
  writeMessage,
  type SheetLine,
  type SheetOptions,
} from '../../src/message/index.js';
import { sampleMessage } from '../support/sample-message.js';
import { messagesIn, withoutData } from '../support/xoev-data.js';

const ROOT = 'xmeld:datenuebermittlung.bzranfrage.0430';

function sheetOf(bytes: Uint8Array, options?: SheetOptions): readonly SheetLine[] {
  return messageSheet(XMELD_25_11A_DESCRIPTOR, readMessageTree(bytes), options);
}

describe('the sheet of a message', () => {
  const value = sampleMessage(XMELD_25_11A_DESCRIPTOR, ROOT, { whole: true, branch: 0 });
  const written = writeMessage(XMELD_25_11A_DESCRIPTOR, ROOT, value);
  const textOf = (label: string, options?: SheetOptions): string | undefined =>
    sheetOf(written, options).find((line) => line.label === label)?.text;

  it('begins with what the message is', () => {
    expect(sheetOf(written)[0]).toEqual({
      level: 0,
      label: 'Antrag auf ein Führungszeugnis (datenuebermittlung.bzranfrage.0430)',
    });
  });

  it('has dates and times as they are written in Germany', () => {
    expect(textOf('Erstellungszeitpunkt')).toBe('09.02.2026, 10:15:00 Uhr (+01:00)');
    expect(textOf('Datum Antragstellung')).toBe('09.02.2026');
  });

  it('has the meaning of a code where the list in that version is at hand, also when the schema fixes the list', () => {
    expect(textOf('Gebühr')).toBe('A');
    const asked: string[] = [];
    const labelOf = (kennung: string, version: string | undefined): string => {
      asked.push(`${kennung} ${version ?? ''}`);
      return 'eine Bedeutung';
    };
    expect(textOf('Gebühr', { labelOf })).toBe('A (eine Bedeutung)');
    expect(asked).toContain('urn:xoev-de:kosit:codeliste:verzeichnisdienst Text');
  });

  it('shows what the descriptor does not know as text, and a message that is not valid', () => {
    const xml =
      '<x:neu xmlns:x="urn:x"><strasse nr="1">Weg</strasse><geburt><jahrMonatTag>1980-05-31</jahrMonatTag></geburt></x:neu>';
    expect(sheetOf(new TextEncoder().encode(xml))).toEqual([
      { level: 0, label: 'Neu' },
      { level: 1, label: 'Straße', text: 'Weg' },
      { level: 2, label: 'Nr', text: '1' },
      { level: 1, label: 'Geburt', text: '1980-05-31' },
    ]);
  });

  it.skipIf(withoutData)('gathers many values of one kind in one line', () => {
    const message = messagesIn('messages/reference').find(({ name }) => name.includes('006'));
    const lines = sheetOf(message?.bytes ?? new Uint8Array());
    const elements = lines.filter(({ label }) => label === 'Anforderungselement');
    expect(elements.length).toBe(1);
    expect(elements[0]?.text?.split(', ').length).toBe(185);
    expect(lines).toContainEqual({ level: 2, label: 'Geburtsdatum', text: '30.05.2007' });
  });
});

describe('the label of an element', () => {
  it.each([
    ['datum.antragstellung', 'Datum Antragstellung'],
    ['empfaengeranschrift', 'Empfängeranschrift'],
    ['nachrichtenkopf.g2g', 'Nachrichtenkopf G2G'],
    ['hausnummerBuchstabeZusatzziffer', 'Hausnummer Buchstabe Zusatzziffer'],
    ['strasse', 'Straße'],
    ['aktuelleWohnung', 'Aktuelle Wohnung'],
    ['steueridentifikation', 'Steueridentifikation'],
    ['anlassDesAbrufs', 'Anlass des Abrufs'],
    ['minderjaehrigeKinder', 'Minderjährige Kinder'],
    ['STAATSANGEHOERIGKEIT', 'Staatsangehörigkeit'],
  ])('%s is %s', (name, label) => {
    expect(germanLabel(name)).toBe(label);
  });
});
