import { z } from 'zod';
import { Ags, text } from './scalars.js';

/** The fields that name an authority, shared by its configuration and by what it sends. */
export const authorityIdentity = {
  ags: Ags,
  /** First four characters of the serial numbers that the authority issues. */
  behoerdenkennzahl: z
    .string()
    .regex(
      /^[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{3}$/u,
      'not a Behördenkennzahl (4 of C F G H J K L M N P R T V W X Y Z 0-9, a letter first)',
    ),
  name: text(120),
} as const;

/** Which authority a case belongs to: AGS, Behördenkennzahl, name. */
export const AuthorityIdentity = z.strictObject(authorityIdentity).readonly();
/** Which authority a case belongs to. */
export type AuthorityIdentity = z.output<typeof AuthorityIdentity>;
