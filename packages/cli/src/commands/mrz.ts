import { Command } from 'commander';
import type { Mrz, PartialDate } from '@buergerkoffer/formats';
import { formatPartialDate, germanTextOf, parseLocalDate, readMrz } from '@buergerkoffer/formats';
import type { Run } from '../command.js';
import { readInput, STANDARD_INPUT } from '../read-input.js';

interface Options {
  readonly on?: string;
  readonly repair?: true;
}

const MAX_BYTES = 4096;

const HELP = `
Reads TD1 (three lines of 30), TD2 (two of 36) and TD3 (two of 44) and proves every check digit (ICAO 9303). Put lines
in quotes, the shell would read < as a redirection. Exit code 1 when something does not fit.

Examples:
  $ koffer mrz 'IDD<<T220001293<<<<<<<<<<<<<<<' '6408125<2010315D<<<<<<<<<<<<<4' 'MUSTERMANN<<ERIKA<<<<<<<<<<<<<'
  $ koffer mrz - --json < zone.txt            # keeps the data out of the list of processes`;

/** `koffer mrz`: what a machine-readable zone says, and what is wrong with it. */
export function mrzCommand(run: Run): Command {
  return new Command('mrz')
    .description('Read a machine-readable zone (TD1, TD2, TD3) and prove its check digits')
    .argument('<line...>', 'the lines, or - for standard input')
    .option(
      '--on <date>',
      'day from which years of two digits are judged, YYYY-MM-DD (default: today in Berlin)',
    )
    .option('--repair', 'take what optical recognition mistakes: small letters, spaces, O for 0')
    .addHelpText('after', HELP)
    .action(
      run(async (output, lines: readonly string[], { on, repair }: Options) => {
        const { mrz, findings } = readMrz(await zoneOf(lines, output.input), {
          normalise: repair === true,
          ...(on === undefined ? {} : { referenceDate: parseLocalDate(on, 'on') }),
        });
        output.answer(
          {
            type: 'mrz',
            valid: findings.length === 0,
            ...(mrz === undefined ? {} : { mrz: written(mrz) }),
            findings: findings.map((finding) => ({ ...finding.toJSON(), german: germanTextOf(finding) })),
          },
          [
            ...(mrz === undefined ? [] : sheetOf(mrz)),
            ...findings.map(({ code, path, offset, message }) =>
              [`${code}: ${message}`, path, offset === undefined ? undefined : `character ${offset}`]
                .filter((part) => part !== undefined)
                .join(', '),
            ),
            ...(findings.length === 0 ? ['every check digit fits'] : []),
          ],
        );
        if (findings.length > 0) output.judgeBad();
      }),
    );
}

async function zoneOf(
  lines: readonly string[],
  input: Parameters<typeof readInput>[2],
): Promise<string | readonly string[]> {
  if (lines.length !== 1 || lines[0] !== STANDARD_INPUT) return lines;
  return new TextDecoder().decode(await readInput(STANDARD_INPUT, MAX_BYTES, input)).trim();
}

/** The zone with its dates as XÖV writes them. */
function written(mrz: Mrz): object {
  const { birthDate, birthDateACenturyEarlier, expiryDate, ...rest } = mrz;
  return {
    ...rest,
    birthDate: formatPartialDate(birthDate),
    ...(birthDateACenturyEarlier === undefined
      ? {}
      : { birthDateACenturyEarlier: formatPartialDate(birthDateACenturyEarlier) }),
    expiryDate: formatPartialDate(expiryDate),
  };
}

function sheetOf(mrz: Mrz): readonly string[] {
  const german = (date: PartialDate): string => formatPartialDate(date, 'german');
  const earlier = mrz.birthDateACenturyEarlier;
  const rows: readonly (readonly [label: string, text: string])[] = [
    ['Dokument', `${mrz.documentCode} ${mrz.issuingState} (${mrz.format})`],
    ['Nummer', mrz.documentNumber],
    ['Name', `${mrz.surname}${mrz.nameMayBeTruncated ? ' (vielleicht gekürzt)' : ''}`],
    ['Vornamen', mrz.givenNames],
    ['Staatsangehörigkeit', mrz.nationality],
    ['Geburtsdatum', `${german(mrz.birthDate)}${earlier === undefined ? '' : ` oder ${german(earlier)}`}`],
    ['Geschlecht', mrz.sex],
    ['Gültig bis', german(mrz.expiryDate)],
    ['Weiteres', [mrz.optionalData, mrz.optionalData2].filter(Boolean).join(' ')],
  ];
  return rows.flatMap(([label, text]) => (text === '' ? [] : [`${`${label}:`.padEnd(21)}${text}`]));
}
