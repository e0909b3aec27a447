import { Dataset } from '../dataset.js';
import type { Operation, PtpAnswer } from '../operation.js';
import { EOS_OPERATION, EOS_PROPERTY, OBJECT_NOT_READY } from './codes.js';
import { TO_HOST, type EosProperties } from './eos-properties.js';

/** Blocks of an answer to GetViewFinderData: the JPEG, and one of those that a host skips. */
const BLOCK = { jpeg: 1, zoom: 4 } as const;

/** The live view of an EOS: it is on while the viewfinder's output goes to the host, and is not there at once. */
export function viewfinderOperations(
  nextFrame: () => Uint8Array,
  properties: EosProperties,
): readonly (readonly [number, Operation])[] {
  let warm = false;
  const turn = (on: boolean): PtpAnswer => {
    properties.change(EOS_PROPERTY.viewfinderOutput, on ? TO_HOST : 0);
    return {};
  };
  const frame = (): PtpAnswer => {
    const on = (properties.value(EOS_PROPERTY.viewfinderOutput) & TO_HOST) !== 0;
    const ready = on && warm;
    warm = on;
    if (!ready) return { code: OBJECT_NOT_READY };
    const jpeg = nextFrame();
    const blocks = new Dataset().u32(8 + jpeg.length, BLOCK.jpeg).bytes(jpeg);
    return { data: blocks.u32(12, BLOCK.zoom, 1).done() };
  };
  return [
    [EOS_OPERATION.initiateViewfinder, { parameters: [0, 0], answer: () => turn(true) }],
    [EOS_OPERATION.terminateViewfinder, { parameters: [0, 0], answer: () => turn(false) }],
    [EOS_OPERATION.getViewfinderData, { parameters: [1, 3], answer: frame }],
    [EOS_OPERATION.doAutofocus, { parameters: [0, 0], answer: () => ({}) }],
  ];
}
