import { answerBuilder, messageBuilder } from './builder.js';

/** 1708: a portal asks for all that the register holds of a person (Art. 15 DSGVO, § 10 BMG). */
export const selbstauskunftAnfrage1708 = messageBuilder(
  'xmeld:onlinedienste.abrufanfrage.selbstauskunftMelderegister.1708',
);

/** 1709: the register is at work (`ergebnisstatus` 03), or says why it gives nothing. */
export const selbstauskunftStatus1709 = answerBuilder(
  'xmeld:onlinedienste.selbstauskunftMelderegisterStatus.1709',
);

/** 1710: what the register holds. */
export const selbstauskunft1710 = answerBuilder('xmeld:onlinedienste.selbstauskunftMelderegister.1710');
