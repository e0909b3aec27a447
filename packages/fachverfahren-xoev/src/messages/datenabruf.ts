import { answerBuilder, messageBuilder } from './builder.js';

/**
 * 1330: another authority searches a person in the register (Personensuche, § 34a (2) BMG): not for the clerk's own
 * register, which the Fachverfahren asks itself (`RegisterLookup`). Answered with {@link personensucheAntwort1331}.
 */
export const personensuche1330 = messageBuilder('xmeld:datenabruf.personensuche.suchanfrage.1330');

/** 1331: the answer; `ergebnisstatus` 01 unique, 02 list of hits, 03 none or blocked, 04 list; or why there is none (01 to 24). */
export const personensucheAntwort1331 = answerBuilder('xmeld:datenabruf.personensuche.antwort.1331');

/** 1332: a free search by the authorities that may (§ 34a (3) BMG). Answered with {@link freieSucheAntwort1333}. */
export const freieSuche1332 = messageBuilder('xmeld:datenabruf.freieSuche.suchanfrage.1332');

/** 1333: the answer to a free search. */
export const freieSucheAntwort1333 = answerBuilder('xmeld:datenabruf.freieSuche.antwort.1333');
