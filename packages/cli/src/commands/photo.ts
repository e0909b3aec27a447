import { Command } from 'commander';
import type { Run } from '../command.js';
import { checkCommand } from './photo/check.js';
import { chipCommand } from './photo/chip.js';
import { cropCommand } from './photo/crop.js';
import { productionCommand } from './photo/production.js';

/** `koffer photo`: from a camera's file to the ID photo. */
export function photoCommand(run: Run): Command {
  return new Command('photo')
    .description('ID photos: criteria, crop, files for register, production and chip')
    .addCommand(checkCommand(run))
    .addCommand(cropCommand(run))
    .addCommand(productionCommand(run))
    .addCommand(chipCommand(run));
}
