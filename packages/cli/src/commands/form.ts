import { Command } from 'commander';
import type { Run } from '../command.js';
import { listCommand } from './form/list.js';
import { readCommand } from './form/read.js';
import { renderCommand } from './form/render.js';
import { sampleCommand } from './form/sample.js';

/** `koffer form`: the paper of the suitcase, from data to a PDF file and back. */
export function formCommand(run: Run): Command {
  return new Command('form')
    .description('Forms as accessible archival PDF files: list, sample data, rendering, reading')
    .addCommand(listCommand(run))
    .addCommand(sampleCommand(run))
    .addCommand(renderCommand(run))
    .addCommand(readCommand(run));
}
