import { Command } from 'commander';
import type { Run } from '../command.js';
import { checkCommand } from './photo/check.js';
import { chipCommand } from './photo/chip.js';
import { cropCommand } from './photo/crop.js';
import { guideCommand } from './photo/guide.js';
import { productionCommand } from './photo/production.js';

/** `koffer photo`: from a camera's file to the ID photo. */
export function photoCommand(run: Run): Command {
  return new Command('photo')
    .description('ID photos: criteria, crop, files for register, production and chip, hints')
    .addCommand(checkCommand(run))
    .addCommand(cropCommand(run))
    .addCommand(productionCommand(run))
    .addCommand(chipCommand(run))
    .addCommand(guideCommand(run));
}
