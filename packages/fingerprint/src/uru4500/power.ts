import { delay, DeviceError } from '@buergerkoffer/core';
import { POWER, REGISTER } from './protocol.js';
import type { Registers } from './registers.js';

/** How often the sensor is asked whether it is awake, and the pause between, in milliseconds. */
const LOOKS = 50;
const PAUSE_MS = 10;

/**
 * Switches the sensor off, where it was on, and on again: only then does it report that it is. Rejects `protocol`
 * when its power register does not show that it follows.
 */
export async function switchOn(registers: Registers, signal: AbortSignal): Promise<void> {
  let status = await look(registers, signal);
  if ((status & POWER.off) !== 0 && (status & POWER.confused) !== 0) {
    await set(registers, status & POWER.kept, signal);
    status = await lookUntil((value) => (value & POWER.ready) !== 0);
  }
  if ((status & POWER.off) === 0) await set(registers, status | POWER.off, signal);
  await lookUntil(
    (value) => (value & POWER.off) === 0,
    () => set(registers, status & POWER.kept, signal),
  );

  /** The power register when it `is` as wanted; before each look something may be done. */
  async function lookUntil(
    is: (value: number) => boolean,
    before: () => Promise<void> = () => Promise.resolve(),
  ): Promise<number> {
    for (let count = 0; count < LOOKS; count += 1) {
      await before();
      const value = await look(registers, signal);
      if (is(value)) return value;
      await delay(PAUSE_MS, signal);
    }
    throw new DeviceError('protocol', 'the sensor cannot be switched on', {
      remedy: 'pull its plug and put it in again',
    });
  }
}

async function look(registers: Registers, signal: AbortSignal): Promise<number> {
  return (await registers.read(REGISTER.power, 1, signal)).u8();
}

function set(registers: Registers, value: number, signal: AbortSignal): Promise<void> {
  return registers.write(REGISTER.power, new Uint8Array([value]), signal);
}
