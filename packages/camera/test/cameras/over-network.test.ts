import { busSource, DeviceManager } from '@buergerkoffer/core';
import { tcpBus } from '@buergerkoffer/core/node';
import { lacks, type DeviceUnderTest } from '@buergerkoffer/core/testing';
import { LabBus, plugPtpIp } from '@buergerkoffer/device-lab';
import { attachPtpIp } from '@buergerkoffer/device-lab/node';
import { firstValueFrom } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { CAMERA, ptpIpDriver, ptpIpPort, type Camera } from '@buergerkoffer/camera';
import { cameraContract } from '@buergerkoffer/camera/testing';
import { eventsOf, photosOf } from '../support/camera-bench.js';
import { cameraOf, DIALECTS, photograph, planFault } from '../support/virtual-cameras.js';

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

/** The first camera of a manager, open. */
async function opened(manager: DeviceManager, signal?: AbortSignal): Promise<Camera> {
  const [candidate] = await firstValueFrom(manager.of(CAMERA));
  if (candidate === undefined) throw new Error('no camera');
  const request = { owner: 'test', reason: 'test', whenBusy: 'wait', waitMs: 5_000 } as const;
  return (await manager.open(candidate, request, signal)).device;
}

describe('an EOS over PTP/IP', () => {
  it.each(cameraContract)('$name', async (contractCase) => {
    const body = cameraOf('canon');
    const bus = new LabBus('tcp');
    const manager = new DeviceManager([busSource(bus, [ptpIpDriver({ bus })])]);
    let plugged = plugPtpIp(bus, body);
    const subject: DeviceUnderTest<Camera> = {
      open: (signal) => opened(manager, signal),
      unplug: () => {
        plugged.unplug();
      },
      plug: () => {
        plugged = plugPtpIp(bus, body);
      },
      fault: (_, fault) => {
        planFault(body, 'canon', fault);
      },
    };
    expect(lacks(contractCase, subject)).toBeUndefined();
    const hand = setInterval(() => {
      if (/shutter on the body/.test(contractCase.name)) body.pressShutter();
    }, 150);
    try {
      await contractCase.run(subject);
    } finally {
      clearInterval(hand);
    }
  });
});

describe.each(DIALECTS)('a %s camera on the loopback', (dialect) => {
  it('takes photos over two real connections, and is reached again after it was closed', async () => {
    const attached = await attachPtpIp(cameraOf(dialect), { port: 0 });
    const bus = tcpBus({ ports: [ptpIpPort('127.0.0.1', attached.port)], probeEveryMs: 0 });
    const manager = new DeviceManager([busSource(bus, [ptpIpDriver({ bus })])]);
    try {
      for (const shot of [1, 2]) {
        const camera = await opened(manager);
        const [photo] = photosOf(await eventsOf(camera));
        expect(photo?.bytes).toEqual(photograph(shot));
        await camera.close();
      }
    } finally {
      await attached.unplug();
    }
  });
});
