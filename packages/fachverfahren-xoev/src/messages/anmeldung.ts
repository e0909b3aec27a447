import { answerBuilder, messageBuilder } from './builder.js';

/**
 * 0300: the Meldebehörde of the new dwelling asks that of the last one for the data of somebody who registers (vorausgefüllter
 * Meldeschein, § 23 (3) BMG, § 4 1. BMeldDÜV). Answered with {@link datenbereitstellung0301}.
 */
export const datenanforderung0300 = messageBuilder('xmeld:anmeldung.datenanforderung.0300');

/**
 * 0301: what the register of the last dwelling holds, one `zuziehende.person` for each person asked for. `antwortstatus`: 01
 * identified, 02 not found, 03 not unique, 04 moved, 07 deceased, 09 not the main dwelling.
 */
export const datenbereitstellung0301 = answerBuilder('xmeld:anmeldung.datenbereitstellung.0301');

/**
 * 0201: the Meldebehörde of the new dwelling tells that of the former one who has moved (Rückmeldung, § 33 BMG, § 6
 * 1. BMeldDÜV). There is no message of leaving: the former authority learns it from here.
 */
export const rueckmeldung0201 = messageBuilder('xmeld:rueckmeldung.anmeldunginland.0201');

/** 1704: the portal hands over an electronic registration (elektronische Wohnsitzanmeldung, §§ 23a, 24 BMG, § 9 BMeldDigiV). */
export const meldeschein1704 = messageBuilder('xmeld:onlinedienste.anmeldung.meldeschein.1704');

/** 1705: the Meldebehörde says where a registration stands; by the text of the standard `status` is 01 alone. */
export const statusmitteilung1705 = answerBuilder('xmeld:onlinedienste.anmeldung.statusmitteilung.1705');

/** 1706: the portal passes on the code that the person got by post; its note on author and reader says the opposite. */
export const bestaetigungscode1706 = messageBuilder('xmeld:onlinedienste.anmeldung.bestaetigungscode.1706');

/** 1707: the Meldebehörde tells the result, with a Meldebestätigung for each person or why it refuses (02, 03). */
export const ergebnis1707 = answerBuilder('xmeld:onlinedienste.anmeldung.ergebnis.1707');
