import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { virtualCamera, type VirtualCameraOptions } from '@buergerkoffer/device-lab';
import { attachPtpIp } from '@buergerkoffer/device-lab/node';
import { IpHost, PacketLine, tcpLine } from '../../camera/support/ip-host.js';
import { picture } from '../../camera/support/ptp-values.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function attach(options: Partial<VirtualCameraOptions> = {}) {
  const camera = virtualCamera({ photograph: picture, shutterMs: 1, taken: 1, ...options });
  const failures: unknown[] = [];
  const attached = await attachPtpIp(camera, { port: 0, failed: (error) => failures.push(error) });
  closing.push(() => attached.unplug());
  return { camera, attached, failures, open: () => tcpLine(attached.port) };
}

describe('a camera behind PTP/IP on this computer', () => {
  it('serves one host after the other', async () => {
    const { open, attached } = await attach({ photograph: (shot) => picture(shot, 1_200_000) });
    for (const number of [1, 2]) {
      const lines = [await tcpLine(attached.port), await tcpLine(attached.port)];
      const sockets = lines.map(({ socket }) => socket);
      const host = await (await IpHost.shakeHands(() => Promise.resolve(lines.shift() ?? open()))).open();
      const { data = new Uint8Array(0) } = await host.ask(0x1009, [3]);
      expect([number, Buffer.compare(data, picture(1, 1_200_000))]).toEqual([number, 0]);
      const closed = Promise.all(sockets.map((socket) => once(socket, 'close')));
      sockets[1]?.destroy();
      await closed;
    }
  });

  it('cuts off what is no protocol, and says so', async () => {
    const { open, failures } = await attach();
    const line = new PacketLine(await open());
    await line.write(99);
    expect(await line.read()).toBeUndefined();
    expect(failures).toMatchObject([{ kind: 'input', code: 'malformed' }]);
  });

  it('does not wait for who only connects', async () => {
    const { open } = await attach();
    (await open()).socket.destroy();
    await IpHost.shakeHands(open);
  });

  it('goes when the camera vanishes', async () => {
    const fault = { operation: 0x1009, fault: { type: 'vanish' } } as const;
    const { open, attached } = await attach({ faults: [fault] });
    const host = await (await IpHost.shakeHands(open)).open();
    await host.send(0x1009, [3]);
    await expect(host.answer()).rejects.toThrow('hung up');
    await attached.ended;
  });

  it('says that its port is taken', async () => {
    const { attached, camera } = await attach();
    await expect(attachPtpIp(camera, { port: attached.port })).rejects.toMatchObject({ code: 'busy' });
  });
});
