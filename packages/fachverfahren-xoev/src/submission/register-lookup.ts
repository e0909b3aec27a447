import * as z from 'zod';

const text = (max: number): z.ZodString => z.string().min(1).max(max);

/** A day, month or year as far as the register knows it: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. */
const partialDate = z.string().regex(/^\d{4}(?:-\d{2}){0,2}$/);

/** Which person is meant, and what for; personal data, so it travels in bodies only. */
export const RegisterQuery = z.strictObject({
  /** Why the register is asked, an identifier such as `personalausweis`; the register logs it. */
  purpose: z
    .string()
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
    .max(60),
  familyName: text(120),
  givenNames: text(120).optional(),
  birthDate: z.iso.date(),
  /** Serial number of the old document, when there is one. */
  documentNumber: z
    .string()
    .regex(/^[A-Z0-9]{1,10}$/)
    .optional(),
});
/** Which person is meant, and what for. */
export type RegisterQuery = z.output<typeof RegisterQuery>;

/** What the municipality's register knows of a person, in the codes of the register. */
export const RegisterPerson = z.strictObject({
  familyName: text(120),
  birthName: text(120).optional(),
  givenNames: text(120),
  doctorate: text(60).optional(),
  artistName: text(60).optional(),
  birth: z.strictObject({
    date: partialDate,
    place: text(80),
    /** Three-digit Destatis code of the territory; absent for Germany. */
    stateDestatis: z
      .string()
      .regex(/^\d{3}$/)
      .optional(),
  }),
  geschlecht: z.enum(['m', 'w', 'd', 'x']),
  /** ICAO code (`D`) for documents and Destatis code (`000`) for messages. */
  nationalities: z
    .array(
      z.strictObject({ icao: z.string().regex(/^(?:D|[A-Z]{3})$/), destatis: z.string().regex(/^\d{3}$/) }),
    )
    .min(1)
    .max(4),
  address: z.strictObject({
    street: text(55),
    /** Digits only. */
    houseNumber: z
      .string()
      .regex(/^\d{1,4}$/)
      .optional(),
    houseNumberSuffix: text(4).optional(),
    additional: text(40).optional(),
    postalCode: z.string().regex(/^\d{5}$/),
    city: text(40),
    ags: z.string().regex(/^\d{8}$/),
  }),
  heightCm: z.int().min(30).max(260).optional(),
  eyeColour: text(19).optional(),
  /** Documents in the register; `type` as in DSMeld (01 Reisepass, 09 Personalausweis). */
  documents: z
    .array(
      z.strictObject({
        type: z.string().regex(/^\d{2}$/),
        serialNumber: z.string().regex(/^[A-Z0-9]{1,10}$/),
        validUntil: z.iso.date(),
      }),
    )
    .max(20)
    .optional(),
});
/** What the municipality's register knows of a person. */
export type RegisterPerson = z.output<typeof RegisterPerson>;

/** One person, none, or several of whom nothing is told but their number. */
export const RegisterAnswer = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('unique'), person: RegisterPerson }),
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({ status: z.literal('ambiguous'), count: z.int().min(2) }),
]);
/** Answer of the register. */
export type RegisterAnswer = z.output<typeof RegisterAnswer>;

/** The municipality's own register, asked through the Fachverfahren. */
export interface RegisterLookup {
  /** Finds a person; rejects with `InputError` for a wrong query, `ServiceError`, or `signal.reason` when aborted. */
  find(query: RegisterQuery, signal?: AbortSignal): Promise<RegisterAnswer>;
}
