import type { CommandModule } from './command.js';

/** A command as it stands in the help of `koffer`, before its code is loaded. */
export interface CommandEntry {
  readonly name: string;
  /** Its arguments as the help writes them: `<service>`, `<line...>`. */
  readonly arguments?: string;
  readonly summary: string;
  readonly load: () => Promise<CommandModule>;
}

/** The commands, in the order of the help; each loads the packages that it alone needs. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'devices',
    summary: 'List the devices and ports of this computer',
    load: async () => (await import('./commands/devices.js')).devicesCommand,
  },
  {
    name: 'doctor',
    summary: 'Check libraries, services, rights, folders, clock and devices, each with its remedy',
    load: async () => (await import('./commands/doctor.js')).doctorCommand,
  },
  {
    name: 'drivers',
    summary: 'List what the drivers of this release understand',
    load: async () => (await import('./commands/drivers.js')).driversCommand,
  },
  {
    name: 'udev',
    summary: 'Print the udev rules that let a user open the devices, made from the drivers',
    load: async () => (await import('./commands/udev.js')).udevCommand,
  },
  {
    name: 'record',
    arguments: '<port>',
    summary: 'Write down what goes over a port: the report from the field',
    load: async () => (await import('./commands/record.js')).recordCommand,
  },
  {
    name: 'replay',
    arguments: '<file>',
    summary: 'Show a recording of `koffer record` or usbmon, and play it to its driver',
    load: async () => (await import('./commands/replay.js')).replayCommand,
  },
  {
    name: 'config',
    summary: 'Configuration of an authority',
    load: async () => (await import('./commands/config.js')).configCommand,
  },
  {
    name: 'audit',
    summary: 'Audit chains of finished cases',
    load: async () => (await import('./commands/audit.js')).auditCommand,
  },
  {
    name: 'fee',
    arguments: '<service>',
    summary: 'The fee of a service on a day, with the lines of which it is the sum',
    load: async () => (await import('./commands/fee.js')).feeCommand,
  },
  {
    name: 'finger',
    summary: 'Fingerprints: enrolment, quality, segmentation, minutiae, comparison, WSQ, records',
    load: async () => (await import('./commands/finger.js')).fingerCommand,
  },
  {
    name: 'camera',
    summary: 'Cameras over USB and network (PTP): list, capture',
    load: async () => (await import('./commands/camera.js')).cameraCommand,
  },
  {
    name: 'photo',
    summary: 'ID photos: criteria, crop, files for register, production and chip, hints',
    load: async () => (await import('./commands/photo.js')).photoCommand,
  },
  {
    name: 'label',
    summary: 'Stickers for identity card and passport',
    load: async () => (await import('./commands/label.js')).labelCommand,
  },
  {
    name: 'xoev',
    summary: 'XÖV messages: check, show, round trip; schemas, code lists, generated code',
    load: async () => (await import('./commands/xoev.js')).xoevCommand,
  },
  {
    name: 'din91379',
    arguments: '<text>',
    summary: 'Whether a text is of a data type of DIN 91379; its form in the MRZ and in ASCII',
    load: async () => (await import('./commands/din91379.js')).din91379Command,
  },
  {
    name: 'mrz',
    arguments: '<line...>',
    summary: 'Read a machine-readable zone (TD1, TD2, TD3) and prove its check digits',
    load: async () => (await import('./commands/mrz.js')).mrzCommand,
  },
  {
    name: 'form',
    summary: 'Forms as accessible archival PDF files: list, sample data, rendering, reading',
    load: async () => (await import('./commands/form.js')).formCommand,
  },
  {
    name: 'printer',
    summary: 'Printers over network (IPP) and USB: list, status, identify, clear',
    load: async () => (await import('./commands/printer.js')).printerCommand,
  },
  {
    name: 'print',
    arguments: '<file>',
    summary: 'Print a file, once, and tell what happens to it',
    load: async () => (await import('./commands/print.js')).printCommand,
  },
  {
    name: 'demo',
    summary:
      'A complete home visit on simulators: ID card and Führungszeugnis, from the suitcase to the Fachverfahren',
    load: async () => (await import('./commands/demo.js')).demoCommand,
  },
];
