import { Command, Option } from 'commander';
import { InputError } from '@buergerkoffer/formats';
import { dayOfLaw, feeFor, policyFees, type FeeQuestion, type FeeQuote } from '@buergerkoffer/procedures';
import { readAuthorityConfig, ServiceId } from '@buergerkoffer/procedures/model';
import type { Run } from '../command.js';
import type { Output } from '../output.js';
import { readInput } from '../read-input.js';

/** Largest configuration that is read, in bytes. */
const MAX_CONFIG_BYTES = 1024 * 1024;

interface Options {
  readonly on?: string;
  readonly born?: string;
  readonly outsideHours?: true;
  readonly notCompetent?: true;
  readonly abroad?: 'residence' | 'mission';
  readonly dispatch?: true;
  readonly pages48?: true;
  readonly express?: true;
  readonly ehrenamt?: true;
  readonly waiver?: true;
  readonly reduceTo?: string;
  readonly photo?: true;
  readonly config?: string;
  readonly visit?: true;
}

const HELP = `
Services:
${ServiceId.options.map((service) => `  ${service}`).join('\n')}

An amount that nobody told is "unknown", and so is the sum; the exit code stays 0.

Example:
  $ koffer fee personalausweis --on 2026-02-07 --born 2001-05-31`;

/** `koffer fee`: what a service costs on a day, and how each line came about. */
export function feeCommand(run: Run): Command {
  return new Command('fee')
    .description('The fee of a service on a day, with the lines of which it is the sum')
    .argument('<service>', 'one of the services below')
    .option('--on <date>', 'day of application, YYYY-MM-DD (default: today in Berlin)')
    .option('--born <date>', 'birth date of the holder, YYYY-MM-DD')
    .option('--outside-hours', "on the applicant's wish outside the office hours")
    .option('--not-competent', "on the applicant's wish at an authority without competence")
    .addOption(
      new Option('--abroad <where>', 'the applicant lives abroad, or applies at a mission').choices([
        'residence',
        'mission',
      ]),
    )
    .option('--photo', 'the authority takes the photo')
    .option('--dispatch', 'direct dispatch of the document')
    .option('--pages-48', 'passport of 48 pages')
    .option('--express', 'express procedure')
    .option('--ehrenamt', 'for an honorary office')
    .option('--waiver', 'waived for a needy person')
    .option('--reduce-to <cents>', 'reduced for a needy person to so many cents')
    .option('--config <file>', 'configuration of the authority: fees that Land and municipality set')
    .option('--visit', 'at a visit: with the surcharge of the configuration')
    .addHelpText('after', HELP)
    .action(
      run(async (output, service: string, options: Options) => {
        const quote = feeFor(await questionOf(service, options, output));
        output.answer({ type: 'fee', ...quote }, linesOf(quote));
      }),
    );
}

function linesOf({ lines, totalCents, on, authorityKeeps }: FeeQuote): readonly string[] {
  return [
    ...lines.map(
      (line) =>
        `${amount(line.amountCents).padStart(10)}  ${line.text} (${line.legalBasis}; ${line.source.text}${
          line.source.confidence === 'unverified' ? '; ungeprüft' : ''
        })`,
    ),
    `${amount(totalCents).padStart(10)}  Summe am ${on}`,
    ...(authorityKeeps === undefined
      ? []
      : [
          `${amount(authorityKeeps.amountCents).padStart(10)}  davon behält die Behörde (${authorityKeeps.legalBasis})`,
        ]),
  ];
}

async function questionOf(service: string, options: Options, output: Output): Promise<FeeQuestion> {
  const { born, abroad } = options;
  const on = dayOfLaw(options.on ?? new Date());
  return {
    service,
    on,
    ...(await localFees(service, on, options, output)),
    ...(born === undefined ? {} : { born }),
    ...(abroad === undefined ? {} : { abroad }),
    outsideOfficeHours: options.outsideHours === true,
    notCompetent: options.notCompetent === true,
    photoByAuthority: options.photo === true,
    dispatch: options.dispatch === true,
    pages48: options.pages48 === true,
    express: options.express === true,
    ehrenamt: options.ehrenamt === true,
    waiver: waiverOf(options),
  };
}

async function localFees(
  service: string,
  on: FeeQuote['on'],
  { config, visit }: Options,
  output: Output,
): Promise<ReturnType<typeof policyFees>> {
  if (config === undefined) {
    if (visit === undefined) return {};
    throw new InputError('missing', 'the surcharge of a visit stands in the configuration of the authority', {
      path: 'config',
      remedy: 'give --config FILE',
    });
  }
  const text = new TextDecoder().decode(await readInput(config, MAX_CONFIG_BYTES, output.input));
  return policyFees(readAuthorityConfig(text).policy, service, on, { visit: visit === true });
}

function waiverOf({ waiver, reduceTo }: Options): NonNullable<FeeQuestion['waiver']> {
  if (reduceTo === undefined) return waiver === true;
  if (waiver === true) {
    throw new InputError('not-allowed', 'a fee is waived or reduced, not both', {
      path: 'waiver',
      remedy: 'give --waiver or --reduce-to',
    });
  }
  if (!/^\d{1,9}$/.test(reduceTo)) {
    throw new InputError('malformed', 'not a whole number of cents', { path: 'waiver.reduceToCents' });
  }
  return { reduceToCents: Number(reduceTo) };
}

function amount(cents: number | 'unknown'): string {
  return cents === 'unknown' ? 'unbekannt' : `${(cents / 100).toFixed(2).replace('.', ',')} €`;
}
