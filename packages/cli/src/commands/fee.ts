import { Command } from 'commander';
import { berlinDate } from '@buergerkoffer/formats';
import { feeFor } from '@buergerkoffer/procedures';
import type { Run } from '../main.js';

interface Options {
  readonly on?: string;
  readonly born?: string;
  readonly outsideHours?: true;
  readonly notCompetent?: true;
  readonly waiver?: true;
  readonly photo?: true;
}

/** `koffer fee`: what a service costs on a day, and how each line came about. */
export function feeCommand(run: Run): Command {
  return new Command('fee')
    .description('The fee of a service on a day, with the lines of which it is the sum')
    .argument('<service>', 'such as personalausweis, reisepass, fuehrungszeugnis')
    .option('--on <date>', 'day of application, YYYY-MM-DD (default: today in Berlin)')
    .option('--born <date>', 'birth date of the holder, YYYY-MM-DD')
    .option('--outside-hours', "on the applicant's wish outside the office hours")
    .option('--not-competent', "on the applicant's wish at an authority without competence")
    .option('--waiver', 'waived for a needy person')
    .option('--photo', 'the authority takes the photo')
    .addHelpText('after', '\nExample:\n  $ koffer fee personalausweis --on 2026-02-07 --born 2001-05-31')
    .action(
      run((output, service: string, options: Options) => {
        const quote = feeFor({
          service,
          on: options.on ?? berlinDate(new Date()),
          ...(options.born === undefined ? {} : { born: options.born }),
          outsideOfficeHours: options.outsideHours === true,
          notCompetent: options.notCompetent === true,
          photoByAuthority: options.photo === true,
          waiver: options.waiver === true,
        });
        output.answer(quote, [
          ...quote.lines.map(
            (line) =>
              `${amount(line.amountCents).padStart(10)}  ${line.text} (${line.legalBasis}; ${line.source.text})`,
          ),
          `${amount(quote.totalCents).padStart(10)}  Summe`,
        ]);
        return Promise.resolve();
      }),
    );
}

function amount(cents: number | 'unknown'): string {
  return cents === 'unknown' ? 'unbekannt' : `${(cents / 100).toFixed(2).replace('.', ',')} €`;
}
