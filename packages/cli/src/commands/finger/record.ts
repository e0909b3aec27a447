import { Command, Option } from 'commander';
import { FINGER_CODE, FINGER_POSITIONS, fingerOfCode, type FingerPosition } from '@buergerkoffer/fingerprint';
import {
  writeChipRecord,
  writeChipTemplate,
  writeDg3,
  type ChipPrint,
  type FingerView,
} from '@buergerkoffer/fingerprint/record';
import { InputError } from '@buergerkoffer/formats';
import type { Run } from '../../command.js';
import { UsageError } from '../../exit-code.js';
import { MAX_FILE_BYTES } from '../../finger/decode-image.js';
import { readRecordFile } from '../../finger/read-record.js';
import { wsqForChip } from '../../finger/wsq-for-chip.js';
import { wholeNumberOf } from '../../numbers.js';
import type { Output } from '../../output.js';
import { readInput } from '../../read-input.js';

const FORMATS = {
  record: writeChipRecord,
  template: writeChipTemplate,
  dg3: (print: ChipPrint) => writeDg3([writeChipTemplate(print)]),
};

interface ReadOptions {
  readonly extract?: string;
}

interface WriteOptions {
  readonly out: string;
  readonly finger: FingerPosition;
  readonly quality: number;
  readonly device: number;
  readonly level: string;
  readonly scanPpi?: number;
  readonly format: keyof typeof FORMATS;
}

const READ_HELP = `
Reads finger image records (ISO/IEC 19794-4 of 2005 and 2011), biometric information templates (7F60) and data
group 3 (63). Images are told, not decoded; --extract writes the one image as it lies in the record.

Examples:
  $ koffer finger record read *.fir
  $ koffer finger record read finger.fir --extract finger.wsq --json`;

const WRITE_HELP = `
Writes what BSI TR-03121-3 asks for: a record of 2005 with one live plain print of 500 ppi, compressed with WSQ to
less than 18432 bytes, in its template. A picture (8-bit grey PGM or PNG) is compressed on the way, at 0.75 bits per
pixel or what the size allows; a WSQ file is taken as it is.

Examples:
  $ koffer finger record write finger.pgm --finger left-index --quality 58 -o finger.bit
  $ koffer finger record write finger.wsq --finger right-index --quality 61 -o finger.bit`;

/** `koffer finger record`: the records in which prints travel and lie on chips. */
export function fingerRecordCommand(run: Run): Command {
  return new Command('record')
    .description('Finger image records, templates and data group 3')
    .addCommand(readCommand(run))
    .addCommand(writeCommand(run));
}

function readCommand(run: Run): Command {
  return new Command('read')
    .description('What records hold')
    .argument('<file...>', 'records, or - for standard input')
    .option('--extract <file>', 'write the image of the one record, which then has one, to this file')
    .addHelpText('after', READ_HELP)
    .action(
      run(async (output, files: readonly string[], { extract }: ReadOptions) => {
        if (extract !== undefined && files.length > 1) {
          throw new UsageError('--extract is for one record', 'give one file, or leave --extract out');
        }
        for (const file of files) {
          try {
            await tellRecord(output, file, extract);
          } catch (error) {
            output.fail(error, file);
          }
        }
      }),
    );
}

async function tellRecord(output: Output, file: string, extract: string | undefined): Promise<void> {
  const { format, records } = readRecordFile(await readInput(file, MAX_FILE_BYTES, output.input));
  const views = records.flatMap((record) => record.views);
  if (extract !== undefined) await output.save(extract, only(views).data);
  const version = records[0]?.version;
  output.answer(
    {
      type: 'record',
      file,
      format,
      ...(version === undefined ? {} : { version }),
      views: views.map(told),
    },
    [
      `${file}: ${format}, ${views.length} ${views.length === 1 ? 'image' : 'images'}`,
      ...views.map((view) => `  ${lineOf(view)}`),
    ],
  );
}

function writeCommand(run: Run): Command {
  return new Command('write')
    .description('Put a print in a record for the chip of a German identity document')
    .argument('<in>', 'WSQ file, or PGM or PNG image, or - for standard input')
    .requiredOption('-o, --out <file>', 'the file to write')
    .addOption(
      new Option('--finger <name>', 'whose print it is').choices(FINGER_POSITIONS).makeOptionMandatory(),
    )
    .requiredOption('--quality <n>', 'NFIQ 2 value, 0 to 100, or 255 where there is none', wholeNumberOf)
    .option('--device <id>', "the vendor's id of the scanner, 0 to 65535", wholeNumberOf, 0)
    .addOption(
      new Option('--level <n>', 'image acquisition level of the scanner').choices(['31', '41']).default('31'),
    )
    .option('--scan-ppi <n>', 'resolution of the scan', wholeNumberOf)
    .addOption(
      new Option('--format <format>', 'the record alone, in its template, or in data group 3')
        .choices(Object.keys(FORMATS))
        .default('template'),
    )
    .addHelpText('after', WRITE_HELP)
    .action(
      run(async (output, file: string, options: WriteOptions) => {
        try {
          const { out, finger, quality, device, level, scanPpi, format } = options;
          const bytes = FORMATS[format]({
            position: FINGER_CODE[finger],
            wsq: await wsqForChip(await readInput(file, MAX_FILE_BYTES, output.input)),
            quality,
            captureDeviceId: device,
            acquisitionLevel: level === '41' ? 41 : 31,
            ...(scanPpi === undefined ? {} : { scanPpi }),
          });
          await output.save(out, bytes);
          output.answer({ type: 'record', file, out, format, finger, quality, bytes: bytes.length }, [
            `${out}: ${format} of ${bytes.length} bytes, ${finger}, quality ${quality}`,
          ]);
        } catch (error) {
          output.fail(error, file);
        }
      }),
    );
}

/** What is told of an image: everything but its bytes. */
function told({ data, position, ...view }: FingerView) {
  const finger = fingerOfCode(position);
  return { position, ...(finger === undefined ? {} : { finger }), ...view, bytes: data.length };
}

function lineOf({ position, width, height, compression, qualities, data }: FingerView): string {
  const quality = qualities.map(({ value }) => value).join(', ');
  const name = fingerOfCode(position) ?? `position ${position}`;
  return `${name}: ${width} x ${height}, ${compression}, ${data.length} bytes, quality ${quality === '' ? 'not stated' : quality}`;
}

function only(views: readonly FingerView[]): FingerView {
  const [view, another] = views;
  if (view === undefined || another !== undefined) {
    throw new InputError('unsupported', `--extract is for records of one image, not of ${views.length}`, {
      remedy: 'leave --extract out',
      path: 'views',
    });
  }
  return view;
}
