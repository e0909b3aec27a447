import { keepCitations } from '../../format.js';
import type { Block, FormFrame, Notice } from '../../definition.js';

/** The notices of a form as blocks, in the municipality's own words where it has some, with the letterhead's names set in. */
export function noticeBlocks({ form, letterhead, textModules = {} }: FormFrame<unknown>): Block[] {
  const fill = (text: string): string =>
    keepCitations(text)
      .replaceAll('{authority}', letterhead.authority)
      .replaceAll('{dataProtection}', letterhead.dataProtection);
  return form.notices.flatMap((notice): Block[] => [
    { type: 'heading', level: 'subsection', text: notice.heading },
    ...(textModules[notice.id] ?? notice.text).map((part): Block =>
      typeof part === 'string'
        ? { type: 'paragraph', size: 'notice', text: fill(part) }
        : { type: 'list', size: 'notice', items: part.map(fill) },
    ),
  ]);
}

/** What a privacy notice says beside what all of them say. */
export interface PrivacyFacts {
  readonly purpose: string;
  readonly legalBases: string;
  readonly receivers: string;
  readonly storage: string;
}

/** The short notice of Art. 13 DSGVO at the end of an application. */
export function privacyNotice({ purpose, legalBases, receivers, storage }: PrivacyFacts): Notice {
  return {
    id: 'privacy',
    heading: 'Datenschutz: Kurzhinweis nach Art. 13 DSGVO',
    legalBasis: 'Art. 13 DSGVO',
    text: [
      [
        'Verantwortlich: {authority}. Datenschutzbeauftragte Stelle: {dataProtection}.',
        `Zweck: ${purpose}`,
        `Rechtsgrundlagen: ${legalBases}`,
        `Empfänger: ${receivers}`,
        `Speicherung: ${storage}`,
        'Rechte: Auskunft, Berichtigung, Löschung, Einschränkung (Art. 15 bis 18), Widerspruch (Art. 21) und Beschwerde bei der Datenschutzaufsicht (Art. 77 DSGVO).',
      ],
    ],
  };
}

/** Duties towards the authority of who holds an identity card or a passport (§ 27 (1) PAuswG, § 15 PassG). */
export function holderDuties(document: 'Ausweis' | 'Pass'): readonly string[] {
  return [
    `der ${document} vorzulegen, wenn eine Eintragung unrichtig ist,`,
    `der bisherige ${document} beim Empfang des neuen auf Verlangen abzugeben,`,
    `der Verlust anzuzeigen und der ${document} nach dem Wiederauffinden vorzulegen,`,
    'der Erwerb einer ausländischen Staatsangehörigkeit und der freiwillige Eintritt in fremde Streitkräfte oder einen vergleichbaren bewaffneten Verband anzuzeigen.',
  ];
}
