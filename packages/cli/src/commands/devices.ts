import { Command } from 'commander';
import { firstValueFrom, skip, type Observable } from 'rxjs';
import type { Candidate, Port } from '@buergerkoffer/core';
import type { Output } from '../output.js';
import type { Run } from '../main.js';
import { suitcase } from '../suitcase.js';

interface Options {
  readonly simulated?: true;
  readonly watch?: true;
}

/** `koffer devices`: what is attached, which driver has it, who uses it. */
export function devicesCommand(run: Run): Command {
  return new Command('devices')
    .description('List the devices and ports of this computer')
    .option('--simulated', 'add the seven simulators')
    .option('--watch', 'go on and tell every change, until interrupted')
    .addHelpText('after', '\nExample:\n  $ koffer devices --simulated --json')
    .action(
      run(async (output, options: Options) => {
        const manager = suitcase({ simulated: options.simulated === true });
        const [devices, ports] = await Promise.all([
          firstValueFrom(manager.devices, { defaultValue: [] }),
          firstValueFrom(manager.ports, { defaultValue: [] }),
        ]);
        for (const device of devices) tellDevice(output, device);
        for (const port of ports) tellPort(output, port);
        if (devices.length + ports.length === 0)
          output.note('nothing is attached; `koffer doctor` says what is missing');
        if (options.watch === true) await watch(output, manager.devices.pipe(skip(1)));
      }),
    );
}

function tellDevice(output: Output, device: Candidate): void {
  const { state } = device.availability;
  const record = {
    type: 'device',
    id: device.id,
    kind: device.kind.id,
    maker: device.info.maker,
    model: device.info.model,
    simulated: device.info.simulated,
    drivers: device.drivers,
    ports: device.ports.map((port) => port.path),
    availability: device.availability,
  };
  output.answer(record, [
    `${device.kind.id.padEnd(20)} ${device.info.maker} ${device.info.model} [${state}] ${device.physical}`,
  ]);
}

function tellPort(output: Output, port: Port): void {
  const name = [port.maker, port.model].filter((part) => part !== undefined).join(' ');
  output.answer({ type: 'port', ...port }, [`port ${port.bus.padEnd(15)} ${port.path} ${name}`]);
}

/** Until SIGINT: the whole list again at every change. */
function watch(output: Output, devices: Observable<readonly Candidate[]>): Promise<void> {
  return new Promise((resolve, reject) => {
    const subscription = devices.subscribe({
      next: (list) => {
        for (const device of list) tellDevice(output, device);
      },
      error: reject,
    });
    process.once('SIGINT', () => {
      subscription.unsubscribe();
      resolve();
    });
  });
}
