import { Command } from 'commander';
import { udevRules } from '@buergerkoffer/core';
import type { Run } from '../command.js';
import { DRIVERS } from '../drivers.js';

const EXAMPLES = `
With these rules the person at the screen may open the devices, and so may the members of two groups.

Examples:
  $ koffer udev > 70-buergerkoffer.rules
  $ koffer udev --group koffer --serial-group koffer`;

interface Options {
  readonly group?: string;
  readonly serialGroup?: string;
}

/** `koffer udev`: the udev rules that the drivers need. */
export function udevCommand(run: Run): Command {
  return new Command('udev')
    .description('Print the udev rules that let a user open the devices, made from the drivers')
    .option('--group <name>', 'group that may open USB and HID devices (default plugdev)')
    .option('--serial-group <name>', 'group that may open serial lines (default dialout)')
    .addHelpText('after', EXAMPLES)
    .action(
      run((output, options: Options) => {
        const { text, diagnostics } = udevRules(DRIVERS, options);
        output.answer({ type: 'udev', rules: text }, [text.trimEnd()]);
        for (const { message, remedy } of diagnostics) output.note(`${message}\n  → ${remedy}`);
        return Promise.resolve();
      }),
    );
}
