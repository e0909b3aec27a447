import { DeviceError, type DriverContext, type UsbTransport } from '@buergerkoffer/core';
import { preparationFor } from '../drivers/preparation.js';
import type { IppPrinterOptions } from '../drivers/ipp-printer-options.js';
import { memoryJournal } from '../jobs/job-journal.js';
import type { PrinterTraits } from '../client/printer-answer.js';
import type { Printer } from '../printer.js';
import { ClassPrinter } from './class-printer.js';
import { formatsOf, type DeviceId } from './device-id.js';
import { PrinterClass } from './printer-class.js';

/** Jobs of this process, where no journal is given. */
const ourJobs = memoryJournal();

/** Opens a printer of the plain class; `unsupported` where it understands neither PDF nor PWG raster nor JPEG. */
export function openClassPrinter({ journal = ourJobs, renderer }: IppPrinterOptions) {
  return async (usb: UsbTransport, { port, signal }: DriverContext<'usb'>): Promise<Printer> => {
    const printer = new PrinterClass(usb);
    const traits = traitsOf(await printer.deviceId({ signal }), port.physical);
    return new ClassPrinter({ usb, printer, traits, preparation: preparationFor(traits, renderer), journal });
  };
}

function traitsOf({ maker, model, serialNumber, commands }: DeviceId, place: string): PrinterTraits {
  const documentFormats = formatsOf(commands);
  if (documentFormats.length === 0) {
    throw new DeviceError(
      'unsupported',
      `${model} understands ${commands.join(', ')}, none of which is made here`,
      {
        remedy: 'make a queue for it in CUPS, and print to that queue: ipp://localhost/printers/NAME',
      },
    );
  }
  return {
    info: { maker, model, ...(serialNumber === undefined ? {} : { serialNumber }), simulated: false },
    // Of a document in PDF nothing more can be told to it.
    capabilities: { documentFormats, color: true, sides: ['one-sided'], media: ['iso_a4_210x297mm'] },
    identity: `usb:${maker}/${model}/${serialNumber ?? place}`,
    operations: [],
    colorModes: [],
    maxCopies: 1,
    isCups: false,
    raster: { resolutionsDpi: [300], types: ['sgray_8', 'srgb_8'], sheetBack: 'normal' },
  };
}
