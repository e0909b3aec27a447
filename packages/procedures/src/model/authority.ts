import { z } from 'zod';
import { authorityIdentity } from './authority-identity.js';
import { Policy } from './policy.js';
import { readJson } from './read.js';
import { text } from './scalars.js';

const PEM = /^-----BEGIN CERTIFICATE-----\r?\n(?:[A-Za-z0-9+/=]{1,76}\r?\n)+-----END CERTIFICATE-----\s*$/u;

/** A certificate in PEM, one only; whether it is trusted and in date is checked by who seals. */
export const CertificatePem = z
  .string()
  .max(16_384, 'longer than 16,384 characters')
  .regex(PEM, 'not one certificate in PEM');

/** The certificate to which cases are sealed; the suitcase holds no key for it. */
export const AuthorityCertificate = z
  .strictObject({ purpose: z.enum(['sealing', 'audit']), pem: CertificatePem })
  .readonly();
/** A certificate of the authority. */
export type AuthorityCertificate = z.output<typeof AuthorityCertificate>;

function dvdv(prefix: string) {
  return z
    .string()
    .regex(new RegExp(`^${prefix}:[0-9]{8}(_[0-9]{2})?$`, 'u'), `not a DVDV identifier ${prefix}: + AGS`);
}

const time = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/u, 'not a time (HH:MM)');

const OfficeHours = z
  .strictObject({
    day: z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']),
    from: time,
    to: time,
  })
  .readonly()
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'not after from' });

function isReachable(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(url);
  const isLoopback = hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]';
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isLoopback);
  return isSafe && `${username}${password}${search}${hash}` === '';
}

/** Configuration of one authority, one file. */
export const AuthorityConfig = z
  .strictObject({
    schemaVersion: z.literal(1),
    ...authorityIdentity,
    /** Identities in the DVDV: as Meldebehörde (`ags:`), as Personalausweisbehörde (`pab:`), as Passbehörde (`psb:`). */
    dvdv: z
      .strictObject({
        meldebehoerde: dvdv('ags'),
        personalausweisbehoerde: dvdv('pab').optional(),
        passbehoerde: dvdv('psb').optional(),
      })
      .readonly(),
    /** Printed on every form, top to bottom. */
    letterhead: z.array(text(60)).min(1).max(8).readonly(),
    officeHours: z.array(OfficeHours).max(28).readonly().optional(),
    policy: Policy,
    certificates: z.array(AuthorityCertificate).min(1).max(8).readonly(),
    fachverfahren: z
      .strictObject({
        baseUrl: z
          .string()
          .max(500)
          .refine(
            isReachable,
            'not an https address without user, query and fragment (http for the own machine only)',
          ),
      })
      .readonly(),
    /** How long what stays in the suitcase without an end is kept; the law's own limits are in `retention`. */
    retention: z
      .strictObject({
        /** Cases that nobody finished, in days. */
        openCaseDays: z.int().min(1).max(90),
        /** Data loaded before the visit, in hours. */
        preloadedHours: z.int().min(1).max(168),
      })
      .readonly(),
  })
  .readonly()
  .superRefine((config, context) => {
    if (config.dvdv.meldebehoerde !== `ags:${config.ags}`) {
      context.addIssue({ code: 'custom', path: ['dvdv', 'meldebehoerde'], message: 'does not hold the AGS' });
    }
    if (!config.certificates.some((certificate) => certificate.purpose === 'sealing')) {
      context.addIssue({
        code: 'custom',
        path: ['certificates'],
        message: 'holds no certificate for sealing',
        params: { code: 'missing' },
      });
    }
  });
/** Configuration of one authority. */
export type AuthorityConfig = z.output<typeof AuthorityConfig>;

/** A configuration from JSON text or parsed JSON; InputError with the path of the first fault. */
export function readAuthorityConfig(json: unknown): AuthorityConfig {
  return readJson(AuthorityConfig, json, 'authority configuration', { nameUnknownFields: true });
}
