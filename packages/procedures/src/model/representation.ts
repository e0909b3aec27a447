import { z } from 'zod';
import { PersonName } from './person.js';
import { text } from './scalars.js';

/** Whether the holder can act for themselves; `incapable` is handlungs- or einwilligungsunfähig without a Betreuer's decision. */
export const Capacity = z.enum(['capable', 'geschaeftsunfaehig', 'handlungsunfaehig']);
/** Whether the holder can act for themselves. */
export type Capacity = z.output<typeof Capacity>;

/** Who applies: the holder, or somebody for the holder with the proof that was shown (§ 9 (1), (2) PAuswG, § 30 (2) BZRG). */
export const Applicant = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('holder') }).readonly(),
  z
    .strictObject({
      role: z.literal('custodian'),
      name: PersonName,
      /** Both custodians agree, or one holds custody alone (§ 1629 BGB). */
      custody: z.enum(['sole', 'joint-consent']),
      evidence: text(200),
    })
    .readonly(),
  z
    .strictObject({
      role: z.literal('betreuer'),
      name: PersonName,
      /** Whether the Betreuung covers the Aufenthaltsbestimmung, which § 9 (2) PAuswG asks for. */
      aufenthaltsbestimmung: z.boolean(),
      evidence: text(200),
    })
    .readonly(),
  z
    .strictObject({
      role: z.literal('bevollmaechtigter'),
      name: PersonName,
      /** Form of the Vollmacht; only the first two can carry an application, and only for an incapable holder. */
      vollmacht: z.enum(['oeffentlich-beglaubigt', 'beurkundet', 'schriftlich']),
      evidence: text(200),
    })
    .readonly(),
]);
/** Who applies. */
export type Applicant = z.output<typeof Applicant>;
/** The role in which somebody applies. */
export type ApplicantRole = Applicant['role'];
