import type { Lease } from '@buergerkoffer/core';
import type { Output } from '../output.js';

/** Says where a device is used in another way than the preferred one, a printer through its plain class instead of IPP. */
export function tellPassedOver(output: Output, { device, passedOver: [first] }: Lease): void {
  if (first === undefined) return;
  const { driver, place, error } = first;
  const finding = {
    code: 'device.other-way',
    severity: 'warning',
    message: `${device.info.model} is not used in its preferred way, ${driver} (${place}): ${error.message}`,
    remedy: error.remedy,
  };
  output.answer({ type: 'finding', ...finding }, []);
  output.note(`! ${finding.message}\n    → ${finding.remedy}`);
}
