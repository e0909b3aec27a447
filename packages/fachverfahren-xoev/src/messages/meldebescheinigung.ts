import type { MessageContent } from './builder.js';
import { answerBuilder, messageBuilder } from './builder.js';

/**
 * 1700: a portal asks for a Meldebescheinigung (§§ 18, 18a BMG). `zustellvariante` 01 by post, 02 as data, 03 as document;
 * the extent is {@link MINDESTUMFANG} or {@link erweitert}. Answered with {@link meldebescheinigung1701}.
 */
export const meldebescheinigungAnfrage1700 = messageBuilder(
  'xmeld:onlinedienste.abrufanfrage.meldebescheinigung.1700',
);

/** 1701: the Meldebescheinigung as data or PDF, or why there is none: 01 not unique, 02 deceased, 03 not registered, 04 not the main dwelling. */
export const meldebescheinigung1701 = answerBuilder('xmeld:onlinedienste.meldebescheinigungAntwort.1701');

/** The extent of a Meldebescheinigung. */
export type Datenumfang =
  MessageContent<'xmeld:onlinedienste.abrufanfrage.meldebescheinigung.1700'>['steuerungsinformationen']['datenumfang'];

/** The extent of § 18 (1) BMG: names, doctorate, birth, present addresses. */
export const MINDESTUMFANG: Datenumfang = { meldebescheinigungMindestumfang: true };

/** Element 45, "no date of death is registered": with it a Meldebescheinigung serves as Lebensbescheinigung. */
export const LEBENSBESCHEINIGUNG = '45';

/** The extended extent of § 18 (2) BMG by the numbers of its elements (`01` to `45`). */
export function erweitert(
  elements: readonly Extract<
    Datenumfang,
    { readonly meldebescheinigungErweitert: unknown }
  >['meldebescheinigungErweitert'][number][],
): Datenumfang {
  return { meldebescheinigungErweitert: elements };
}
