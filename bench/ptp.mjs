// PTP: an object of 239,054 bytes over USB in this process, and both handshakes of PTP/IP on the loopback.
import { createServer } from 'node:net';
import { tcpBus } from '@buergerkoffer/core/node';
import { ptpIpPort } from '@buergerkoffer/camera';
import { OPERATION } from '@buergerkoffer/camera/ptp';
import { connectPtpIp, PtpSession, usbPipe } from '@buergerkoffer/camera/session';
import { cameraAsUsb, LabBus, plugUsb, virtualCamera } from '@buergerkoffer/device-lab';

const OBJECT_BYTES = 239_054;
const { signal } = new AbortController();

/** As small as a camera can be: it accepts every computer. */
const INIT_COMMAND_ACK = Buffer.concat([Buffer.from('1e0000000200000001000000', 'hex'), Buffer.alloc(18)]);
const INIT_EVENT_ACK = Buffer.from('0800000004000000', 'hex');

async function object({ measure, say }) {
  const bus = new LabBus('usb');
  const picture = new Uint8Array(OBJECT_BYTES).fill(7);
  const camera = virtualCamera({ photograph: () => picture, taken: 1 });
  const { ports } = plugUsb(bus, cameraAsUsb(camera));
  const session = await PtpSession.open(usbPipe(await bus.open(ports[0], {})), { signal });
  const handles = await session.run(OPERATION.getObjectHandles, [0xffffffff, 0x3801, 0]);
  const handle = new DataView(handles.data.buffer, handles.data.byteOffset).getUint32(4, true);
  const median = await measure(async () => {
    const { data } = await session.run(OPERATION.getObject, [handle]);
    if (data.length !== OBJECT_BYTES) throw new Error(`${data.length} bytes came`);
  });
  say(`ptp: GetObject of ${OBJECT_BYTES} bytes over virtual USB, in process`, median);
  await session.close();
}

async function handshakes({ measure, say }) {
  const server = createServer((socket) => {
    socket.on('data', (bytes) => socket.write(bytes[4] === 1 ? INIT_COMMAND_ACK : INIT_EVENT_ACK));
    socket.on('error', () => undefined);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = ptpIpPort('127.0.0.1', server.address().port);
  const bus = tcpBus({ ports: [port], probeEveryMs: 0 });
  const median = await measure(async () => {
    const pipe = await connectPtpIp(
      { command: await bus.open(port, {}), openEvents: (inner) => bus.open(port, {}, inner) },
      signal,
    );
    await pipe.close();
  });
  say('ptp: both connections and handshakes of PTP/IP on the loopback', median);
  server.close();
}

export async function run(tools) {
  await object(tools);
  await handshakes(tools);
}
