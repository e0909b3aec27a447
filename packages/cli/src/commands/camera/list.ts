import { Command } from 'commander';
import type { Candidate, DeviceManager } from '@buergerkoffer/core';
import type { Camera } from '@buergerkoffer/camera';
import type { Buses } from '../../buses.js';
import { attachedCameras, type CameraChoice } from '../../camera/attached-cameras.js';
import type { Run } from '../../command.js';
import type { Output } from '../../output.js';

const HELP = `
Each camera is opened and asked what it can do. Cameras on the network are asked only when they are named.

Examples:
  $ koffer camera list
  $ koffer camera list --ptpip 192.168.1.2:15740 --json`;

/** `koffer camera list`: the attached cameras, and what each can do. */
export function listCommand(run: Run, buses: () => Buses): Command {
  return new Command('list')
    .description('List the cameras, and what each can do')
    .option('--ptpip <host:port>', 'a camera on the network instead of those on USB')
    .option('--port <id>', 'only the camera at this port of `koffer devices`')
    .addHelpText('after', HELP)
    .action(
      run(async (output, choice: CameraChoice) => {
        const { manager, cameras } = await attachedCameras(buses(), choice);
        for (const camera of cameras) await tellCamera(output, manager, camera);
        if (cameras.length === 0) output.note('no camera is attached; `koffer doctor` says what is missing');
      }),
    );
}

async function tellCamera(
  output: Output,
  manager: DeviceManager,
  candidate: Candidate<Camera>,
): Promise<void> {
  const [port] = candidate.ports;
  const where = { port: port?.id ?? candidate.id, path: port?.path ?? candidate.physical };
  try {
    const lease = await manager.open(candidate, { owner: 'koffer camera list', reason: 'listing' });
    const { info, capabilities } = lease.device;
    await lease.release();
    const { maker, model, firmware, simulated } = info;
    const can = [
      ...(capabilities.remoteShutter ? ['remote shutter'] : []),
      ...(capabilities.bodyShutter ? ['shutter on the body'] : []),
      ...(capabilities.liveView ? ['live view'] : []),
    ];
    output.answer(
      {
        type: 'camera',
        ...where,
        maker,
        model,
        ...(firmware === undefined ? {} : { firmware }),
        simulated,
        capabilities,
      },
      [`${where.path}  ${maker} ${model}: ${can.join(', ')}`],
    );
  } catch (error) {
    output.fail(error, where.path);
  }
}
