import { Command } from 'commander';
import type { Run } from '../command.js';
import { codeCommand } from './xoev/code.js';
import { installCommand } from './xoev/install.js';
import { listsCommand } from './xoev/lists.js';

/** `koffer xoev`: messages of XÖV standards and their code lists. */
export function xoevCommand(run: Run): Command {
  return new Command('xoev')
    .description('XÖV messages and code lists')
    .addCommand(installCommand(run))
    .addCommand(listsCommand(run))
    .addCommand(codeCommand(run));
}
