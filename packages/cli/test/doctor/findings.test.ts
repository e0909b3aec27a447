import { expect, it } from 'vitest';
import { withoutRepetition } from '../../src/doctor/findings.js';

function finding(code: string, message = code) {
  return { code, message, severity: 'info', remedy: 'mend it' } as const;
}

it('says everything once', () => {
  const twice = [finding('usb.absent'), finding('usb.absent'), finding('usb.absent', 'otherwise')];
  expect(withoutRepetition(twice).map(({ message }) => message)).toEqual(['usb.absent', 'otherwise']);
});

it('leaves the missing PC/SC service to the bus that knows why', () => {
  const both = [finding('system.pcscd-missing'), finding('pcsc.service-missing')];
  expect(withoutRepetition(both).map(({ code }) => code)).toEqual(['pcsc.service-missing']);
  expect(withoutRepetition(both.slice(0, 1))).toHaveLength(1);
});
