import { createServer } from 'node:net';
import { PTP_IP_PORT } from '../../camera/ip/plug-ptp-ip.js';
import { PtpIpService } from '../../camera/ip/ptp-ip-service.js';
import type { VirtualCamera } from '../../camera/virtual-camera.js';
import type { AttachOptions } from './attached.js';
import { listen, type Listening, type ListenOptions } from './listen.js';
import { sendTo, serveSocket } from './serve-socket.js';

/** Sockets that are open at one time, at most. */
const CONNECTIONS = 64;
/** How long a host may take for the handshake, in milliseconds. */
const HANDSHAKE_MS = 10_000;

/**
 * Puts a camera behind PTP/IP, by default at port 15740 of 127.0.0.1: `gphoto2 --port ptpip:127.0.0.1`, or with another
 * port `ptpip:127.0.0.1:PORT:PORT`. It serves one host after the other, and is unplugged when the camera vanishes.
 * Rejects `busy` when the port is taken, `access-denied` when it may not be used.
 */
export async function attachPtpIp(
  camera: VirtualCamera,
  { failed, port = PTP_IP_PORT, ...where }: AttachOptions & ListenOptions = {},
): Promise<Listening> {
  const service = new PtpIpService(camera, () => {
    void listening.unplug();
  });
  const server = createServer({ noDelay: true }, (socket) => {
    const connection = service.accept({
      send: sendTo(socket),
      hangUp: () => {
        socket.destroySoon();
      },
      established: () => {
        socket.setTimeout(0);
      },
    });
    serveSocket(socket, connection, failed);
    socket.setTimeout(HANDSHAKE_MS, () => socket.destroy());
  });
  server.maxConnections = CONNECTIONS;
  const listening = await listen(server, { ...where, port });
  return listening;
}
