import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it, vi } from 'vitest';
import type { BusKind } from '@buergerkoffer/core';
import {
  cameraAsUsb,
  LabBus,
  plugUsb,
  virtualCamera,
  type VirtualCameraOptions,
} from '@buergerkoffer/device-lab';
import { attachPtpIp } from '@buergerkoffer/device-lab/node';
import type { Buses } from '../../src/buses.js';
import { cameraCommand } from '../../src/commands/camera.js';
import { Output } from '../../src/output.js';
import { jsonLines, koffer } from '../support/koffer.js';
import { tempFolder } from '../support/temp-folder.js';

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

const PICTURE = new Uint8Array(
  Buffer.from(
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==',
    'base64',
  ),
);

/** Buses of this process with a camera on USB. */
function bench(options: Partial<VirtualCameraOptions> = {}) {
  const usb = new LabBus('usb');
  const camera = virtualCamera({ photograph: () => PICTURE, shutterMs: 10, ...options });
  plugUsb(usb, cameraAsUsb(camera), { place: '1-4' });
  return { camera, buses: busesWith(usb) };
}

function busesWith(usb: LabBus<'usb'>): Buses {
  const other = <K extends BusKind>(kind: K) => new LabBus(kind);
  return {
    usb,
    serial: other('serial'),
    hid: other('hid'),
    pcsc: other('pcsc'),
    tcp: other('tcp'),
    http: other('http'),
  };
}

/** `koffer camera` on the bench. */
async function camera(args: readonly string[], buses: Buses) {
  let out = '';
  const output = new Output(
    { out: (more) => (out += more), err: () => undefined },
    { json: true, debug: false },
  );
  const command: Command = cameraCommand(
    (work) =>
      async (...parameters) => {
        await work(output, ...parameters).catch((error: unknown) => {
          output.fail(error);
        });
      },
    () => buses,
  );
  await command.exitOverride().parseAsync([...args], { from: 'user' });
  return { code: output.exitCode, json: jsonLines(out) };
}

describe('koffer camera', () => {
  it('lists a camera on USB with what it can do', async () => {
    const { code, json } = await camera(['list'], bench({ dialect: 'canon', preview: () => PICTURE }).buses);
    expect(code).toBe(0);
    expect(json).toMatchObject([
      {
        type: 'camera',
        path: '1-4:1.0',
        maker: 'Lab',
        capabilities: { liveView: true, remoteShutter: true, bodyShutter: true },
      },
    ]);
  });

  it("takes photos, and writes the camera's own bytes", async () => {
    const folder = tempFolder();
    const { buses } = bench();
    const out = join(folder, 'photo.jpg');
    const { code, json } = await camera(['capture', '-o', out, '--count', '2'], buses);
    expect({ code, json }).toMatchObject({
      code: 0,
      json: [
        { type: 'photo', file: join(folder, 'photo-1.jpg'), widthPx: 1, shutter: 'remote' },
        { type: 'photo', file: join(folder, 'photo-2.jpg') },
      ],
    });
    expect(Buffer.from(PICTURE).equals(readFileSync(join(folder, 'photo-2.jpg')))).toBe(true);
  });

  it('waits for the shutter on the body', async () => {
    const { camera: body, buses } = bench({ dialect: 'nikon' });
    const hand = setInterval(() => body.pressShutter(), 100);
    const out = join(tempFolder(), 'photo.jpg');
    const { json } = await camera(['capture', '-o', out, '--shutter', 'body', '--port', '1-4:1.0'], buses);
    clearInterval(hand);
    expect(json).toMatchObject([{ type: 'photo', shutter: 'body' }]);
  });

  it('fails with code 3 and writes nothing where there is no camera, or it is full', async () => {
    const out = join(tempFolder(), 'photo.jpg');
    const none = await camera(['capture', '-o', out], busesWith(new LabBus('usb')));
    expect(none).toMatchObject({ code: 3, json: [{ type: 'error', error: { code: 'not-found' } }] });
    const full = await camera(['capture', '-o', out], bench({ capacity: 1, taken: 1 }).buses);
    expect(full).toMatchObject({ code: 3, json: [{ type: 'error', error: { code: 'attention' } }] });
    expect(existsSync(out)).toBe(false);
  });

  it('takes a photo of a camera in the network', async () => {
    const body = virtualCamera({ photograph: () => PICTURE, shutterMs: 10, dialect: 'canon' });
    const attached = await attachPtpIp(body, { port: 0 });
    try {
      const out = join(tempFolder(), 'photo.jpg');
      const address = `127.0.0.1:${attached.port}`;
      const listed = await koffer(['camera', 'list', '--ptpip', address, '--json']);
      expect(listed.json).toMatchObject([{ type: 'camera', path: address, model: 'Lab EOS camera' }]);
      const taken = await koffer(['camera', 'capture', '--ptpip', address, '-o', out, '--json']);
      expect({ code: taken.code, json: taken.json }).toMatchObject({
        code: 0,
        json: [{ type: 'photo', file: out, bytes: PICTURE.length }],
      });
    } finally {
      await attached.unplug();
    }
  });

  it('that is not there in the network fails with code 3', async () => {
    const listed = await koffer(['camera', 'list', '--ptpip', '127.0.0.1:1', '--json']);
    expect(listed).toMatchObject({ code: 3, json: [{ type: 'error', error: { kind: 'device' } }] });
  });

  it('is used wrongly with an address or a number that is none', async () => {
    const { buses } = bench();
    expect((await camera(['list', '--ptpip', 'a:b:c'], buses)).code).toBe(2);
    expect((await camera(['capture', '-o', 'x.jpg', '--count', '0'], buses)).code).toBe(2);
    expect((await koffer(['camera', 'capture'])).code).toBe(2);
  });
});
