import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { fromEvent, lastValueFrom, takeUntil, tap } from 'rxjs';
import { DeviceError } from '@buergerkoffer/core';
import { FINGER_POSITIONS, FINGER_TITLE, isFingerPosition } from '@buergerkoffer/fingerprint';
import {
  acceptingOperator,
  enrolFingers,
  enrolmentText,
  nfiq2Assessor,
  type EnrolledPrint,
  type EnrolmentEvent,
  type EnrolmentResult,
  type FingerLog,
  type MissingFinger,
} from '@buergerkoffer/fingerprint/enrolment';
import type { Forest } from '@buergerkoffer/fingerprint/nfiq2';
import { storageErrorOf } from '@buergerkoffer/vault/node';
import type { Run } from '../../command.js';
import { UsageError } from '../../exit-code.js';
import { askingOperator } from '../../finger/asking-operator.js';
import { chosenForest } from '../../finger/chosen-forest.js';
import { openAttached, openSimulated, type OpenScanner } from '../../finger/open-scanner.js';
import { interrupted } from '../../interrupted.js';
import { wholeNumberOf } from '../../numbers.js';
import type { Output } from '../../output.js';
import { version } from '../../version.js';
import { writeOutput } from '../../write-output.js';

interface Options {
  readonly simulated?: true;
  readonly device: 'two-finger' | 'single';
  readonly seed: number;
  readonly port?: string;
  readonly missing: readonly MissingFinger[];
  readonly age: number;
  readonly model?: string;
  readonly patience: number;
  readonly interactive?: true;
  readonly out?: string;
}

const HELP = `
Enrols up to two fingers for a German identity document after BSI TR-03121-3 Vol. 2 v6.0 (profile 3.8): both index
fingers, at most three attempts, thumb, middle and ring finger where they are not sufficient. Without --interactive
nobody decides: the best capture is taken, and none where there is a warning. That is for trying out, not for a counter.

With -o the templates for the chip (finger.bit) and the log (log.json) are written. Exit code 1: cancelled, or a hand
that has fingers is without a sufficient print.

Examples:
  $ koffer finger enrol --simulated
  $ koffer finger enrol --simulated --device single --missing right-index=amputated -o prints --json
  $ koffer finger enrol --port 1-2 --interactive`;

/** `koffer finger enrol`: the enrolment of two fingers. */
export function enrolCommand(run: Run): Command {
  return new Command('enrol')
    .description('Enrol two fingers by TR-03121: templates for the chip, and the log')
    .option('--simulated', 'with a simulated scanner and the fingers of nobody')
    .addOption(
      new Option('--device <kind>', 'what the simulated scanner takes')
        .choices(['two-finger', 'single'])
        .default('two-finger'),
    )
    .option('--seed <n>', 'whose fingers are simulated', wholeNumberOf, 1)
    .option('--port <path>', 'the scanner at this port instead of the first one')
    .option('--missing <finger=reason...>', 'a finger that cannot be captured, and why', missingOf, [])
    .option('--age <years>', 'age of the applicant; under six nothing is captured', wholeNumberOf, 18)
    .option('--model <file>', 'random forest of NIST (YAML) or its compact form instead of the installed one')
    .option('--patience <ms>', 'how long the scanner waits for a finger', wholeNumberOf, 60_000)
    .option('--interactive', 'ask at every decision')
    .option('-o, --out <folder>', 'write templates and log to this folder')
    .addHelpText('after', HELP)
    .action(
      run(async (output, options: Options) => {
        if (options.simulated === true && options.port !== undefined) {
          throw new UsageError('--port is for a real scanner', 'leave --simulated or --port out');
        }
        const forest = await chosenForest(options.model, output);
        const open = await opened(options);
        try {
          const result = await enrolled(open, options, output, forest);
          const files = options.out === undefined ? [] : await written(result, options.out);
          tell(output, result, files);
        } finally {
          await open.release();
        }
      }),
    );
}

function missingOf(text: string, before: readonly MissingFinger[]): readonly MissingFinger[] {
  const [, finger = '', reason = 'unavailable'] = /^([a-z-]+)(?:=([a-z][a-z0-9-]{0,39}))?$/.exec(text) ?? [];
  if (!isFingerPosition(finger)) throw new InvalidArgumentError('not a finger, or finger=reason');
  if (before.some((missing) => missing.finger === finger)) {
    throw new InvalidArgumentError('this finger is named twice');
  }
  return [...before, { finger, reason }];
}

function opened({ simulated, device, seed, port }: Options): Promise<OpenScanner> {
  return simulated === true ? openSimulated(device === 'single' ? 1 : 2, seed) : openAttached(port);
}

/** The enrolment from its first event to its last; what a person is to read goes to standard error. */
async function enrolled(
  { scanner }: OpenScanner,
  { missing, age, patience, interactive }: Options,
  output: Output,
  forest: Forest | undefined,
): Promise<EnrolmentResult> {
  const asking =
    interactive === true && output.input !== undefined
      ? askingOperator(output.input, missing, (line) => {
          output.prompt(line);
        })
      : undefined;
  const stream = enrolFingers(scanner, {
    ageYears: age,
    operator: asking?.operator ?? acceptingOperator(missing),
    assessor: nfiq2Assessor(forest === undefined ? {} : { forest }),
    patienceMs: patience,
    previews: false,
    log: { software: [{ Name: 'koffer', Version: version() }] },
  });
  try {
    const last = await lastValueFrom(
      stream.pipe(
        tap((event) => {
          show(output, event);
        }),
        takeUntil(fromEvent(interrupted(output.stop), 'abort')),
      ),
      { defaultValue: undefined },
    );
    if (last?.type === 'Result') return last;
    throw new DeviceError('closed', 'the enrolment was interrupted', { remedy: 'begin it again' });
  } finally {
    asking?.close();
  }
}

function show(output: Output, event: EnrolmentEvent): void {
  if (event.type === 'LiveStatus' || event.type === 'Result') return;
  for (const line of enrolmentText(event)) output.note(line);
}

/** Writes the templates and the log; the names of the files. */
async function written({ prints, log }: EnrolmentResult, folder: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw storageErrorOf(error, folder);
  });
  const files: string[] = [];
  const write = async (name: string, bytes: Uint8Array): Promise<void> => {
    const path = join(folder, name);
    await writeOutput(path, bytes);
    files.push(path);
  };
  for (const { finger, template } of prints) await write(`${finger}.bit`, template);
  await write('log.json', new TextEncoder().encode(`${JSON.stringify(log, null, 2)}\n`));
  return files;
}

function tell(output: Output, result: EnrolmentResult, files: readonly string[]): void {
  const { prints, missing, log } = result;
  output.answer(
    {
      type: 'enrolment',
      result: result.result,
      prints: prints.map(toldPrint),
      missing,
      files,
      log: withoutData(log),
    },
    [...prints.map(lineOf), ...enrolmentText(result), ...files],
  );
  const isPoor = prints.some(({ sufficient, veto }) => !sufficient && veto?.type !== 'OK');
  if (result.result === 'Canceled' || isPoor || isHandLeftOut(result)) output.judgeBad();
}

/** Whether there is a finger that could have been taken, for a print that is not there. */
function isHandLeftOut({ prints, missing, log }: EnrolmentResult): boolean {
  if (!log.FingerprintCaptureAllowed) return false;
  const available = FINGER_POSITIONS.filter(
    (finger) => !finger.endsWith('little') && !missing.some((one) => one.finger === finger),
  );
  return prints.length < Math.min(2, available.length);
}

/** What is told of a print: everything but its bytes. */
function toldPrint({ image, wsq, template, ...print }: EnrolledPrint) {
  const { width, height, resolutionPpi } = image;
  return { ...print, width, height, resolutionPpi, wsqBytes: wsq.length, templateBytes: template.length };
}

function lineOf({ finger, quality, threshold, sufficient, template }: EnrolledPrint): string {
  const { algorithm, version: of } = quality.decidedBy;
  const verdict = sufficient ? 'genügt' : 'genügt nicht';
  return `${FINGER_TITLE[finger]}: Qualität ${quality.value} (${algorithm} ${of}), verlangt ${threshold}: ${verdict}; ${template.length} Byte für den Chip`;
}

/** The log without prints: those are in the files. */
function withoutData(log: FingerLog): FingerLog {
  return {
    ...log,
    FingerAcquisition: log.FingerAcquisition.map(({ Records, ...acquisition }) => ({
      ...acquisition,
      ...(Records === undefined
        ? {}
        : { Records: { BinaryRecord: Records.BinaryRecord.map(({ BinaryData: _, ...record }) => record) } }),
    })),
  };
}
