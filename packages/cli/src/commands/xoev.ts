import { Command } from 'commander';
import type { Run } from '../command.js';
import { codegenCommand } from './xoev/codegen.js';
import { roundtripCommand } from './xoev/roundtrip.js';
import { schemasCommand } from './xoev/schemas.js';
import { showCommand } from './xoev/show.js';
import { validateCommand } from './xoev/validate.js';

/** `koffer xoev`: messages of XÖV standards, their schemas and the code made from these. */
export function xoevCommand(run: Run): Command {
  return new Command('xoev')
    .description('XÖV messages: check, show, round trip; their schemas and code made from these')
    .addCommand(validateCommand(run))
    .addCommand(showCommand(run))
    .addCommand(roundtripCommand(run))
    .addCommand(schemasCommand(run))
    .addCommand(codegenCommand(run));
}
