import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** Name of the virtio port behind which a lab file declares the monitor. */
const PORT = 'monitor';

/**
 * Tells QEMU, from inside its guest, to do something (QMP): a lab file that declares a monitor behind the port `monitor` can
 * pull its devices. Answers are not read; what a command does is seen in the guest.
 */
export function tellQemu(command: string, argument: Readonly<Record<string, string>>): void {
  const ports = '/sys/class/virtio-ports';
  const port = readdirSync(ports).find(
    (name) => readFileSync(`${ports}/${name}/name`, 'utf8').trim() === PORT,
  );
  if (port === undefined) throw new Error(`the guest has no port ${PORT}`);
  const words = [{ execute: 'qmp_capabilities' }, { execute: command, arguments: argument }];
  writeFileSync(`/dev/${port}`, words.map((word) => `${JSON.stringify(word)}\n`).join(''));
}
