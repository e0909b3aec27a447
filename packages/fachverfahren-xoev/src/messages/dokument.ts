import { messageBuilder } from './builder.js';

/**
 * 0006: a Meldebehörde tells another of the person's dwellings that a document was entered (§ 33 (3), (4) BMG, § 8
 * 1. BMeldDÜV). `passart` 01 Reisepass, 09 Personalausweis, 15 eID-Karte (DSMeld list, version 5). It synchronises
 * registers after the issue; the order goes another way, see the entry `./xhd`.
 */
export const dokument0006 = messageBuilder('xmeld:fortschreibung.dokument.0006');
