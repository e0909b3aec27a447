import { Command } from 'commander';
import type { Run } from '../command.js';
import { codeCommand } from './xoev/code.js';
import { codegenCommand } from './xoev/codegen.js';
import { installCommand } from './xoev/install.js';
import { listsCommand } from './xoev/lists.js';
import { roundtripCommand } from './xoev/roundtrip.js';
import { schemasCommand } from './xoev/schemas.js';
import { showCommand } from './xoev/show.js';
import { validateCommand } from './xoev/validate.js';

/** `koffer xoev`: messages of XÖV standards, their schemas and code lists, and the code made from schemas. */
export function xoevCommand(run: Run): Command {
  return new Command('xoev')
    .description('XÖV messages: check, show, round trip; schemas, code lists, generated code')
    .addCommand(validateCommand(run))
    .addCommand(showCommand(run))
    .addCommand(roundtripCommand(run))
    .addCommand(schemasCommand(run))
    .addCommand(codegenCommand(run))
    .addCommand(installCommand(run))
    .addCommand(listsCommand(run))
    .addCommand(codeCommand(run));
}
