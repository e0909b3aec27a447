import { Command, Option } from 'commander';
import { berlinDate, InputError } from '@buergerkoffer/formats';
import { feeFor, type FeeQuestion } from '@buergerkoffer/procedures';
import { ServiceId } from '@buergerkoffer/procedures/model';
import type { Run } from '../command.js';

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
}

const HELP = `
Services:
${ServiceId.options.map((service) => `  ${service}`).join('\n')}

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
    .addHelpText('after', HELP)
    .action(
      run((output, service: string, options: Options) => {
        const quote = feeFor(questionOf(service, options));
        output.answer({ type: 'fee', ...quote }, [
          ...quote.lines.map(
            (line) =>
              `${amount(line.amountCents).padStart(10)}  ${line.text} (${line.legalBasis}; ${line.source.text})`,
          ),
          `${amount(quote.totalCents).padStart(10)}  Summe am ${quote.on}`,
        ]);
        return Promise.resolve();
      }),
    );
}

function questionOf(service: string, options: Options): FeeQuestion {
  const { born, abroad } = options;
  return {
    service,
    on: options.on ?? berlinDate(new Date()),
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
