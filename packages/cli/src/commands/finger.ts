import { Command } from 'commander';
import type { Run } from '../command.js';
import { matchCommand } from './finger/match.js';
import { minutiaeCommand } from './finger/minutiae.js';
import { modelCommand } from './finger/model.js';
import { qualityCommand } from './finger/quality.js';

/** `koffer finger`: what can be done with fingerprints in files. */
export function fingerCommand(run: Run): Command {
  return new Command('finger')
    .description('Fingerprints: quality, minutiae, comparison')
    .addCommand(qualityCommand(run))
    .addCommand(minutiaeCommand(run))
    .addCommand(matchCommand(run))
    .addCommand(modelCommand(run));
}
