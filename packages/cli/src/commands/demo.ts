import { Command } from 'commander';
import {
  FAULTS,
  faultNamed,
  runDemo,
  seedOf,
  type DemoOptions,
  type Progress,
} from '@buergerkoffer/example-hausbesuch';
import type { Output } from '../output.js';
import type { Run } from '../command.js';

interface Options {
  readonly out: string;
  readonly seed: string;
  readonly photo?: string;
  readonly fingerRight?: string;
  readonly fingerLeft?: string;
  readonly fingerSize?: string;
  readonly fault?: string;
  readonly offline?: true;
  readonly resume?: true;
  readonly state?: string;
  readonly fachverfahren?: string;
}

/** `koffer demo`: a complete home visit on simulators, told in German. */
export function demoCommand(run: Run): Command {
  return new Command('demo')
    .description(
      'A complete home visit on simulators: ID card and Führungszeugnis, from the suitcase to the Fachverfahren',
    )
    .option('--out <folder>', 'where the exhibit goes', 'ausgabe')
    .option('--seed <number>', 'seed of the simulators', '1')
    .option('--photo <file>', 'JPEG or PNG to take as the photo')
    .option('--finger-right <file>', 'PGM, PNG or raw image to take as the right index finger')
    .option('--finger-left <file>', 'PGM, PNG or raw image to take as the left index finger')
    .option('--finger-size <WxH>', 'size of raw finger images in pixels')
    .option('--fault <name>', 'show how a fault is survived (see below)')
    .option('--offline', 'no network from the visit on: the case ends sealed in the outbox')
    .option('--resume', 'go on where an earlier run ended')
    .option(
      '--state <folder>',
      "where the suitcase keeps its own state (default: in the user's state folder)",
    )
    .option('--fachverfahren <url>', 'a Fachverfahren that runs already, instead of the double')
    .addHelpText(
      'after',
      `\nFaults:\n${Object.entries(FAULTS)
        .map(([name, text]) => `  ${name.padEnd(18)} ${text}`)
        .join('\n')}`,
    )
    .addHelpText('after', '\nExample:\n  $ koffer demo --fault drop-after-accept --out ausgabe')
    .action(
      run(async (output, options: Options) => {
        const result = await runDemo(readOptions(options), (progress) => {
          tell(output, progress);
        });
        if (result.outcome === 'rejected') output.judgeBad();
        // Without network on purpose, waiting is what was asked for.
        if (result.outcome === 'waiting' && options.offline !== true) output.judgeFailed();
      }),
    );
}

function readOptions({ seed, fault, ...rest }: Options): DemoOptions {
  return { ...rest, seed: seedOf(seed), ...(fault === undefined ? {} : { fault: faultNamed(fault) }) };
}

function tell(output: Output, progress: Progress): void {
  output.answer(progress, lines(progress));
}

function lines(progress: Progress): readonly string[] {
  switch (progress.type) {
    case 'chapter':
      return ['', progress.title];
    case 'done':
      return [`  ✓ ${progress.text}`];
    case 'note':
      return [`  · ${progress.text}`];
    case 'attention':
      return [`  ! ${progress.text}`];
    case 'event':
      return [];
    case 'result':
      return [
        '',
        RESULT[progress.outcome],
        ...(progress.out === undefined ? [] : [`Zum Ansehen: ${progress.out}/index.html`]),
        `Dauer ${(progress.durationMs / 1000).toFixed(1)} s`,
      ];
    default:
      return progress satisfies never;
  }
}

const RESULT = {
  delivered: 'Fertig: Der Antrag liegt im Fachverfahren, der Koffer ist leer.',
  rejected: 'Das Fachverfahren hat den Antrag abgewiesen; der Grund steht in der Auslage.',
  waiting: 'Der Fall liegt versiegelt im Ausgang. Später: npm run demo -- --resume',
} as const;
