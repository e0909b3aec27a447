import { busSource, DeviceManager } from '@buergerkoffer/core';
import type { Fault } from '@buergerkoffer/core/simulation';
import { lacks, type DeviceUnderTest } from '@buergerkoffer/core/testing';
import { LabBus, virtualHttp } from '@buergerkoffer/device-lab';
import { firstValueFrom } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { ippDriver, ippPort, memoryJournal, PRINTER, type Printer } from '@buergerkoffer/print';
import { serveIppPrinter, type ServedPrinter } from '@buergerkoffer/print/node';
import { ippService, SimulatedIppPrinter } from '@buergerkoffer/print/simulator';
import { PRINTER_CONTRACT } from '@buergerkoffer/print/testing';
import { openPrinter } from '../support/printer-bench.js';

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

const PACE_MS = 40;
const POLLING = { pollMs: 20, toleranceMs: 0, watchMs: 100 };

describe('a printer on a socket', () => {
  it.each(PRINTER_CONTRACT)('$name', async (contractCase) => {
    const printer = new SimulatedIppPrinter({ paceMs: PACE_MS });
    const journal = memoryJournal();
    let served: ServedPrinter | undefined = await serveIppPrinter(printer);
    const { port, uri } = served;
    const unplug = async (): Promise<void> => {
      await served?.unplug();
      served = undefined;
    };
    const subject: DeviceUnderTest<Printer> = {
      open: (signal) => openPrinter(uri, { ...POLLING, journal }, signal),
      unplug,
      plug: async () => {
        served = await serveIppPrinter(printer, { port });
      },
      fault: (_, fault) => {
        show(printer, fault, () => void unplug());
      },
      clear: () => {
        printer.clear();
      },
    };
    expect(lacks(contractCase, subject)).toBeUndefined();
    try {
      await contractCase.run(subject);
    } finally {
      await unplug();
      printer.restart();
    }
  });
});

describe('a printer on a virtual bus', () => {
  it.each(PRINTER_CONTRACT)('$name', async (contractCase) => {
    const printer = new SimulatedIppPrinter({ paceMs: PACE_MS });
    const bus = new LabBus('http');
    const port = ippPort('ipp://printer.local/ipp/print');
    const manager = new DeviceManager([
      busSource(bus, [ippDriver({ ...POLLING, journal: memoryJournal() })]),
    ]);
    const plug = () => bus.plug(virtualHttp(port, ippService(printer)));
    let plugged = plug();
    const unplug = (): void => {
      plugged();
    };
    const subject: DeviceUnderTest<Printer> = {
      open: async (signal) => {
        const [candidate] = await firstValueFrom(manager.of(PRINTER));
        if (candidate === undefined) throw new Error('no printer on the bus');
        return (await manager.open(candidate, { owner: 'contract', reason: 'test' }, signal)).device;
      },
      unplug,
      plug: () => {
        plugged = plug();
      },
      fault: (_, fault) => {
        show(printer, fault, unplug);
      },
      clear: () => {
        printer.clear();
      },
    };
    try {
      await contractCase.run(subject);
    } finally {
      printer.restart();
    }
  });
});

/** Makes the next job show `fault`. */
function show(printer: SimulatedIppPrinter, fault: Fault, unplug: () => void): void {
  switch (fault.type) {
    case 'paper-out':
      printer.stop('media-empty', 2);
      break;
    case 'jam':
      printer.stop('media-jam', 2);
      break;
    case 'time-out':
      printer.line.plan({ operation: 'Get-Job-Attributes', type: 'silence' });
      break;
    case 'stall':
      printer.line.plan({ operation: 'Get-Job-Attributes', type: 'garbage' });
      break;
    case 'vanish':
      printer.onNextSide(unplug);
      break;
    case 'retry':
      throw new Error('a printer knows no retry');
    default:
      fault satisfies never;
  }
}
