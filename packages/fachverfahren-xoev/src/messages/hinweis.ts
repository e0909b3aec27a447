import { answerBuilder, messageBuilder } from './builder.js';

/** 1500: any authority tells the Meldebehörde that it doubts what the register says (§ 6 (2) BMG). */
export const hinweis1500 = messageBuilder('xmeld:hinweisnachricht.mitteilung.1500');

/** 1501: whether the doubt was confirmed. */
export const hinweisAntwort1501 = answerBuilder('xmeld:hinweisnachricht.antwort.1501');
