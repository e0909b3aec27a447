import { Command } from 'commander';
import { supportedDevices } from '@buergerkoffer/core';
import type { Run } from '../command.js';
import { DRIVERS } from '../drivers.js';

const EXAMPLES = `
Examples:
  $ koffer drivers
  $ koffer drivers --json`;

/** `koffer drivers`: the list of supported devices. */
export function driversCommand(run: Run): Command {
  return new Command('drivers')
    .description('List what the drivers of this release understand')
    .addHelpText('after', EXAMPLES)
    .action(
      run((output) => {
        const supported = supportedDevices(DRIVERS);
        for (const device of supported) {
          const asks = device.asks ? ' (asked first)' : '';
          output.answer({ type: 'supported', ...device }, [
            `${device.kind.padEnd(20)} ${device.driver.padEnd(16)} ${device.bus.padEnd(6)} ${device.match}${asks}`,
          ]);
        }
        if (supported.length === 0) output.note('no driver for a real device is part of this release');
        return Promise.resolve();
      }),
    );
}
