import { z } from 'zod';
import type { Cell, FieldsBlock } from '../../definition.js';
import { hasReached } from './age.js';
import { fieldsBlock, type Fields } from './fields.js';
import { personSchema } from './person.js';
import { fault, type Fault } from './rules.js';
import { text } from './values.js';

/** Who applies for somebody else, with the proof of identity and of the power to act that was shown. */
export const representativeSchema = personSchema.extend({ evidence: text(120) });

/** Who applies (§ 9 (1), (2) PAuswG, § 6 (1) PassG): a proxy only with a publicly certified or recorded Vollmacht of an incapable person. */
export const applicantSchema = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('holder') }),
  z.strictObject({
    role: z.enum(['custodian', 'guardian']),
    persons: z.array(representativeSchema).min(1).max(2),
  }),
  z.strictObject({
    role: z.literal('proxy'),
    persons: z.array(representativeSchema).min(1).max(2),
    /** Form of the Vollmacht; a written one does not carry an application. */
    vollmacht: z.enum(['publicly-certified', 'recorded']),
    /** The person represented cannot act or consent, the case for which the Vollmacht was given. */
    holderIncapable: z.literal(true),
  }),
]);
/** Who applies. */
export type Applicant = z.infer<typeof applicantSchema>;

const ROLE = {
  holder: 'die Person selbst',
  custodian: 'sorgeberechtigte Person',
  guardian: 'betreuende Person mit Aufenthaltsbestimmung',
  proxy: 'bevollmächtigte Person einer handlungs- oder einwilligungsunfähigen Person',
} as const;

const VOLLMACHT = { 'publicly-certified': 'öffentlich beglaubigt', recorded: 'beurkundet' } as const;

const ONLY_CERTIFIED =
  'Eine bevollmächtigte Person kann nur für eine handlungs- oder einwilligungsunfähige Person beantragen, und nur mit öffentlich beglaubigter oder beurkundeter Vollmacht für diesen Fall. Sonst bitte die Person selbst oder ihre gesetzliche Vertretung beantragen lassen.';

/** What law refuses of a proxy, with the paragraph that does. */
export function proxyRefusals(paragraph: string) {
  const only = `a proxy needs a publicly certified or recorded Vollmacht of an incapable person (${paragraph})`;
  return [
    { path: 'applicant.vollmacht', value: 'written', message: only, remedy: ONLY_CERTIFIED },
    { path: 'applicant.holderIncapable', value: false, message: only, remedy: ONLY_CERTIFIED },
  ];
}

/** Who cannot apply at this age: alone below `alone` years, through a custodian from 18 on. */
export function applicantContradictions(
  { role }: Applicant,
  birthDate: string,
  on: string,
  alone: number,
): Fault[] {
  return [
    ...fault(
      role === 'holder' && hasReached(birthDate, alone, on) === 'no',
      'applicant.role',
      `a holder under ${alone} does not apply alone`,
      `Unter ${alone} Jahren beantragt die sorgeberechtigte Person. Bitte die Antragstellung ändern.`,
    ),
    ...fault(
      role === 'custodian' && hasReached(birthDate, 18, on) === 'yes',
      'applicant.role',
      'a holder of 18 has no custodian',
      'Für Volljährige gibt es keine Sorgeberechtigten. Bitte „die Person selbst“ oder eine Betreuung wählen.',
    ),
  ];
}

/** The people who apply for the holder; none where the holder does. */
export function representatives(
  applicant: Fields<Applicant>,
): Fields<z.infer<typeof representativeSchema>>[] {
  return applicant.blank || applicant.value('role') !== 'holder' ? applicant.each('persons', 2) : [];
}

/** Who applies, and for a representative the names and proofs. */
export function applicantBlock(applicant: Fields<Applicant>): FieldsBlock {
  return fieldsBlock('Antragstellung', [
    [applicant.boxes('role', 'Den Antrag stellt', 12, ROLE)],
    ...representatives(applicant).flatMap((person): Cell[][] => [
      [person.text('familyName', 'Familienname', 6), person.text('givenNames', 'Vornamen', 6)],
      [person.text('evidence', 'Nachweis der Identität und der Vertretungsmacht', 12)],
    ]),
    applicant.has('vollmacht')
      ? [
          applicant.choice('vollmacht', 'Form der Vollmacht', 6, VOLLMACHT),
          applicant.check(
            'holderIncapable',
            'Die vertretene Person ist handlungs- oder einwilligungsunfähig',
            6,
          ),
        ]
      : [],
  ]);
}
