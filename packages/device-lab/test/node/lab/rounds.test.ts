import { describe, expect, test } from 'vitest';
import { checkNeeds, type LabFile, type LabNeeds } from '../../../src/node/lab/lab-needs.js';
import { roundsOf, roundTitle } from '../../../src/node/lab/rounds.js';

const file = (path: string, needs: LabNeeds = {}): LabFile => ({ path, needs: checkNeeds(needs) });

function paths(files: readonly LabFile[]): readonly (readonly string[])[] {
  return roundsOf(files).map(({ labFiles }) => labFiles.map(({ path }) => path));
}

describe('the rounds of lab files', () => {
  test('put files with the same machine together, in the order given', () => {
    const xhci = ['-device', 'qemu-xhci'];
    expect(
      paths([
        file('/a'),
        file('/b', { udev: false }),
        file('/c', { qemu: xhci }),
        file('/d', { udev: true }),
        file('/e', { qemu: xhci }),
      ]),
    ).toEqual([['/a', '/d'], ['/b'], ['/c', '/e']]);
  });

  test('load every module that one of the files needs, once', () => {
    const [round] = roundsOf([file('/a', { modules: ['x', 'y'] }), file('/b', { modules: ['y', 'z'] })]);
    expect(round?.modules).toEqual(['x', 'y', 'z']);
  });

  test('part files whose devices have other contents', () => {
    expect(paths([file('/a', { files: { disk: 1 } }), file('/b', { files: { disk: 2 } })])).toHaveLength(2);
  });

  test('are none without files', () => {
    expect(roundsOf([])).toEqual([]);
  });

  test('have a title that names what is special', () => {
    const needs = { udev: false, modules: ['uhid'], qemu: ['-device', 'usb-mtp,rootdir=x'] };
    const [round] = roundsOf([file('/a', needs)]);
    expect(round && roundTitle(round)).toBe("no udevd; modules uhid; QEMU's usb-mtp");
  });
});
