import type { CompleteNeeds, LabFile } from './lab-needs.js';

/** Lab files that run on the same machine, one after the other. */
export interface Round {
  readonly udev: boolean;
  readonly qemu: readonly string[];
  readonly files: CompleteNeeds['files'];
  /** All modules that one of the files needs. */
  readonly modules: readonly string[];
  readonly labFiles: readonly LabFile[];
}

/**
 * Groups lab files so that few guests boot: those with the same udevd and the same devices of QEMU share one. Modules do not
 * part them: a module more in the kernel disturbs nobody. Rounds and files keep the order in which they were given.
 */
export function roundsOf(labFiles: readonly LabFile[]): readonly Round[] {
  const rounds = new Map<string, LabFile[]>();
  for (const each of labFiles) {
    const { udev, qemu, files } = each.needs;
    const key = JSON.stringify([udev, qemu, Object.entries(files).sort()]);
    rounds.set(key, [...(rounds.get(key) ?? []), each]);
  }
  return [...rounds.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const { udev, qemu, files } = first.needs;
    const modules = [...new Set(members.flatMap(({ needs }) => needs.modules))];
    return [{ udev, qemu, files, modules, labFiles: members }];
  });
}

/** A round in a few words, for the reader of the log. */
export function roundTitle({ udev, modules, qemu }: Round): string {
  const devices = qemu.filter((_, index) => qemu[index - 1] === '-device').map((each) => each.split(',')[0]);
  return [
    udev ? 'udevd' : 'no udevd',
    ...(modules.length === 0 ? [] : [`modules ${modules.join(', ')}`]),
    ...(devices.length === 0 ? [] : [`QEMU's ${devices.join(', ')}`]),
  ].join('; ');
}
