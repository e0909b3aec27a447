import { z } from 'zod';
import { text } from './scalars.js';

/** Kinds of Führungszeugnis (XMeld 0430, anfrageart): private, for an authority, after prior inspection; E, G, H variants. */
export const Anfrageart = z.enum(['NB', 'NE', 'NV', 'NG', 'OB', 'OE', 'OG', 'OH', 'PB', 'PE', 'PG', 'PH']);
/** Kind of Führungszeugnis. */
export type Anfrageart = z.output<typeof Anfrageart>;

const EXTENDED: readonly Anfrageart[] = ['NE', 'NG', 'OE', 'OH', 'PE', 'PH'];

/** What the citizen asks of the Bundesamt für Justiz (§§ 30 to 30b BZRG), by the rules that stand in the text of XMeld. */
export const FuehrungszeugnisRequest = z
  .strictObject({
    anfrageart: Anfrageart,
    verwendungszweck: text(120).optional(),
    /** Reference of the authority that receives it; only for O and P kinds. */
    aktenzeichen: text(60).optional(),
    /** The written request that an extended one needs (§ 30a (2) BZRG): by whom and of which day. */
    writtenRequest: text(200).optional(),
    /** Whether the clerk pointed to the inspection at an Amtsgericht, a must for O kinds (§ 30 (5) BZRG). */
    inspectionPointedOut: z.boolean().optional(),
    fee: z.enum(['standard', 'mittellos', 'besonderer-verwendungszweck']),
  })
  .readonly()
  .superRefine((request, context) => {
    const issue = (path: string, code: 'missing' | 'not-allowed', message: string) => {
      context.addIssue({ code: 'custom', path: [path], message, params: { code } });
    };
    const kind = request.anfrageart;
    if (request.aktenzeichen !== undefined && kind.startsWith('N')) {
      issue('aktenzeichen', 'not-allowed', 'only with a Führungszeugnis for an authority');
    }
    if (request.aktenzeichen === undefined && request.verwendungszweck === undefined) {
      issue('verwendungszweck', 'missing', 'is missing and there is no Aktenzeichen');
    }
    if (EXTENDED.includes(kind) && request.writtenRequest === undefined) {
      issue('writtenRequest', 'missing', 'is missing; an extended Führungszeugnis needs it (§ 30a (2) BZRG)');
    }
    if (kind.startsWith('O') && request.inspectionPointedOut !== true) {
      issue('inspectionPointedOut', 'missing', 'must be confirmed for this kind (§ 30 (5) BZRG)');
    }
  });
/** What the citizen asks of the Bundesamt für Justiz. */
export type FuehrungszeugnisRequest = z.output<typeof FuehrungszeugnisRequest>;
