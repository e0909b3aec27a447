import { Command } from 'commander';
import { computerBuses, type Buses } from '../buses.js';
import type { Run } from '../command.js';
import { clearCommand } from './printer/clear.js';
import { identifyCommand } from './printer/identify.js';
import { listCommand } from './printer/list.js';
import { statusCommand } from './printer/status.js';

/** `koffer printer`: what printers are there, how one is, and what lies in it. */
export function printerCommand(
  run: Run,
  buses: (services?: readonly string[]) => Buses = computerBuses,
): Command {
  return new Command('printer')
    .description('Printers over network (IPP) and USB: list, status, identify, clear')
    .addCommand(listCommand(run, buses))
    .addCommand(statusCommand(run, buses))
    .addCommand(identifyCommand(run))
    .addCommand(clearCommand(run, buses));
}
