import { InputError } from '@buergerkoffer/formats';

/** What a printer says of itself in its IEEE 1284 device id. */
export interface DeviceId {
  readonly maker: string;
  readonly model: string;
  readonly serialNumber: string | undefined;
  /** Languages that it understands, in upper case: `PDF`, `PWGRASTER`, `PCL`. */
  readonly commands: readonly string[];
}

const LATIN1 = new TextDecoder('latin1');

/**
 * The answer to GET_DEVICE_ID (USB Printer Class 1.1, 4.2.1): a length that counts itself, big-endian (some printers: little-endian,
 * or without itself), and `KEY:value;` pairs. `InputError` for anything else.
 */
export function readDeviceId(bytes: Uint8Array): DeviceId {
  if (bytes.length < 2)
    throw new InputError('truncated', 'a device id has two bytes of length', { offset: 0 });
  const fields = new Map(
    LATIN1.decode(bytes.subarray(2))
      .split(';')
      .flatMap((field) => {
        const at = field.indexOf(':');
        return at <= 0
          ? []
          : [[field.slice(0, at).trim().toUpperCase(), field.slice(at + 1).trim()] as const];
      }),
  );
  const field = (...names: readonly string[]): string | undefined =>
    names
      .map((name) => fields.get(name))
      .find((value) => value !== undefined && value !== '')
      ?.slice(0, 127);
  const model = field('MDL', 'MODEL');
  if (model === undefined) throw new InputError('malformed', 'a device id names no model', { offset: 2 });
  return {
    maker: field('MFG', 'MANUFACTURER') ?? 'unknown',
    model,
    serialNumber: field('SN', 'SERN', 'SERIALNUMBER'),
    commands: (field('CMD', 'COMMAND SET') ?? '').split(',').map((one) => one.trim().toUpperCase()),
  };
}

/** The documents that a printer with these commands takes. */
export function formatsOf(commands: readonly string[]): readonly string[] {
  const known: readonly (readonly [RegExp, string])[] = [
    [/^PDF/, 'application/pdf'],
    [/^PWG(RASTER)?$/, 'image/pwg-raster'],
    [/^(JPEG|JPG)$/, 'image/jpeg'],
  ];
  return known.flatMap(([command, format]) => (commands.some((one) => command.test(one)) ? [format] : []));
}
