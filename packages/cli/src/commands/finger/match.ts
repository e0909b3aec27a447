import { Command } from 'commander';
import {
  compareMinutiae,
  isMatch,
  MATCH_THRESHOLD,
  matchTemplate,
  type MatchTemplate,
} from '@buergerkoffer/fingerprint/minutiae';
import type { Run } from '../../command.js';
import { UsageError } from '../../exit-code.js';
import { readMinutiae } from '../../finger/read-minutiae.js';
import { resolutionOf } from '../../numbers.js';
import type { Output } from '../../output.js';

interface Options {
  readonly threshold?: string;
  readonly ppi?: number;
}

const HELP = `
Exit code 0 says that the score reaches the threshold, 1 that it does not. What error rates were measured at the
default threshold, and on what, stands in the README of @buergerkoffer/fingerprint; they say nothing about other
scanners and other people.

Examples:
  $ koffer finger match first.pgm second.png
  $ koffer finger match first.fmr second.pgm --threshold 25 --json`;

/** `koffer finger match`: whether two prints are of one finger. */
export function matchCommand(run: Run): Command {
  return new Command('match')
    .description('Compare two fingerprints by their minutiae')
    .argument('<probe>', 'PGM or PNG image, or record of ISO/IEC 19794-2:2005, or - for standard input')
    .argument('<reference>', 'the other one')
    .option('--threshold <number>', `score from which it is a match (default: ${MATCH_THRESHOLD})`)
    .option('--ppi <number>', 'resolution of the images (default: what they say, else 500)', resolutionOf)
    .addHelpText('after', HELP)
    .action(
      run(async (output, probe: string, reference: string, options: Options) => {
        const threshold = thresholdOf(options.threshold);
        const a = await templateOf(probe, output, options.ppi);
        const b = await templateOf(reference, output, options.ppi);
        if (a === undefined || b === undefined) return;
        const { pairs, ...comparison } = compareMinutiae(a, b);
        const match = isMatch(comparison, threshold);
        const answer = { type: 'match', probe, reference, match, threshold, ...comparison };
        output.answer({ ...answer, pairs: pairs.length, minutiae: [a.count, b.count] }, [
          `${match ? 'match' : 'no match'}: score ${comparison.score.toFixed(1)}, threshold ${threshold}, ` +
            `${pairs.length} of ${a.count} and ${b.count} minutiae in common`,
        ]);
        if (!match) output.judgeBad();
      }),
    );
}

async function templateOf(
  file: string,
  output: Output,
  ppi: number | undefined,
): Promise<MatchTemplate | undefined> {
  try {
    const { minutiae, resolutionPpi } = await readMinutiae(file, output.input, ppi);
    return matchTemplate(minutiae, resolutionPpi);
  } catch (error) {
    output.fail(error, file);
    return undefined;
  }
}

function thresholdOf(text: string | undefined): number {
  if (text === undefined) return MATCH_THRESHOLD;
  if (/^\d{1,4}(\.\d{1,4})?$/.test(text)) return Number(text);
  throw new UsageError('--threshold is a number from 0', 'leave it out for the default');
}
