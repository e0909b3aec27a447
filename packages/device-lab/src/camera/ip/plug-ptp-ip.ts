import { DeviceError, type TcpPort } from '@buergerkoffer/core';
import type { LabBus, Plugged } from '../../lab-bus.js';
import { LineEngine } from '../../serial/line-engine.js';
import { LineTransport } from '../../serial/line-transport.js';
import type { VirtualCamera } from '../virtual-camera.js';
import { PtpIpService } from './ptp-ip-service.js';

/** The port of PTP/IP (IANA). */
export const PTP_IP_PORT = 15740;

/** How a camera is put on a bus of this process. */
export interface PlugPtpIpOptions {
  /** Default `camera.local`. */
  readonly host?: string;
  /** Default 15740. */
  readonly port?: number;
  /** Hears what the host said that was no protocol; the host sees the connection end. */
  readonly failed?: (error: unknown) => void;
}

/** Puts a camera behind PTP/IP on a bus of this process; its port can be opened several times, as a host must. */
export function plugPtpIp(
  bus: LabBus<'tcp'>,
  camera: VirtualCamera,
  { host = 'camera.local', port: number = PTP_IP_PORT, failed }: PlugPtpIpOptions = {},
): Plugged<'tcp'> {
  const path = `${host}:${number}`;
  const port: TcpPort = {
    bus: 'tcp',
    id: `tcp:${path}`,
    path,
    physical: `net:${host}`,
    host,
    port: number,
    service: '_ptp._tcp',
    model: camera.model,
  };
  const service = new PtpIpService(camera, () => {
    queueMicrotask(() => {
      unplug();
    });
  });
  const unplug = bus.plug({
    port,
    shared: true,
    connect: (_, unplugged) => {
      const over = new AbortController();
      // Whoever wrote the bytes that end the connection has written them.
      const hangUp = (): void => {
        queueMicrotask(() => {
          over.abort(new DeviceError('lost', `${path} ended the connection`));
        });
      };
      const engine = new LineEngine(
        {
          powerUp: (send) => {
            const connection = service.accept({ send, hangUp, established: () => undefined });
            return {
              received: (bytes) => {
                connection.receive(bytes);
              },
              powerDown: () => {
                connection.end();
              },
            };
          },
        },
        (error) => {
          failed?.(error);
          hangUp();
        },
      );
      const closed = (): void => {
        engine.powerDown();
      };
      const ended = AbortSignal.any([unplugged, over.signal]);
      return Promise.resolve(new LineTransport({ engine, settings: {}, unplugged: ended, closed }));
    },
  });
  return { ports: [port], unplug };
}
