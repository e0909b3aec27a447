import { Command } from 'commander';
import { computerBuses, type Buses } from '../buses.js';
import type { Run } from '../command.js';
import { captureCommand } from './camera/capture.js';
import { listCommand } from './camera/list.js';

/** `koffer camera`: what can be done with an attached camera. */
export function cameraCommand(run: Run, buses: () => Buses = computerBuses): Command {
  return new Command('camera')
    .description('Cameras over USB and network (PTP): list, capture')
    .addCommand(listCommand(run, buses))
    .addCommand(captureCommand(run, buses));
}
