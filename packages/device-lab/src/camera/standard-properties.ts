import type { CameraClock } from './camera-clock.js';
import type { CameraProperty } from './camera-property.js';

/** Properties of ISO 15740 that every virtual camera has: those that a portrait depends on, battery and clock. */
export function standardProperties(clock: CameraClock, batteryPercent: number): readonly CameraProperty[] {
  return [
    { code: 0x5001, type: 'u8', initial: batteryPercent },
    // White balance: automatic, daylight, fluorescent, tungsten, flash.
    { code: 0x5005, type: 'u16', initial: 2, choices: [2, 4, 5, 6, 7] },
    // F-number, in hundredths.
    { code: 0x5007, type: 'u16', initial: 560, choices: [280, 400, 560, 800, 1100] },
    // Focal length, in hundredths of a millimetre.
    { code: 0x5008, type: 'u32', initial: 8500 },
    // Exposure time, in tenths of a millisecond.
    { code: 0x500d, type: 'u32', initial: 80, choices: [333, 166, 80, 40, 20] },
    // Exposure index (ISO speed).
    { code: 0x500f, type: 'u16', initial: 400, choices: [100, 200, 400, 800, 1600] },
    { code: 0x5011, type: 'text', initial: '', read: () => clock.text, write: (time) => clock.set(time) },
  ];
}
