import { Command } from 'commander';
import type { Run } from '../command.js';
import { checkCommand } from './photo/check.js';
import { guideCommand } from './photo/guide.js';
import { pictureFileCommands } from './photo/picture-files.js';

/** `koffer photo`: from a camera's file to the ID photo. */
export function photoCommand(run: Run): Command {
  const command = new Command('photo')
    .description('ID photos: criteria, crop, files for register, production and chip, hints')
    .addCommand(checkCommand(run));
  for (const each of pictureFileCommands(run)) command.addCommand(each);
  return command.addCommand(guideCommand(run));
}
