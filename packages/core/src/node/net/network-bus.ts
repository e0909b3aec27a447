import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Observable, type Subscriber } from 'rxjs';
import type { Bus, PortEvent } from '../../bus.js';
import { DeviceError } from '../../device-error.js';
import type { HttpPort, Port, TcpPort } from '../../port.js';
import { sharedWatch } from '../../shared-watch.js';
import { connect, type Address } from './connect.js';
import { announcements, type Announcement, type DnsSdOptions } from './dns-sd.js';
import type { HttpLogin } from './http-login.js';
import { NodeHttpTransport } from './http-transport.js';
import { placeOfHost } from './place-of-host.js';
import { Reachability } from './reachability.js';
import { TcpTransport } from './tcp-transport.js';

/** Anybody in the network can announce anything: more things than this are not taken. */
const MAX_ANNOUNCED = 256;

/** What is on the network: from the configuration, and what announces itself. */
export interface NetworkBusOptions<K extends 'tcp' | 'http'> {
  readonly ports?: readonly Port<K>[];
  /** DNS-SD types to look for, `_ipp._tcp`. Needs the optional library `bonjour-service`. Default none. */
  readonly services?: readonly string[];
  readonly dnsSd?: DnsSdOptions;
  /** How often each port is asked whether it answers, in milliseconds; 0 never asks. Default 15000. */
  readonly probeEveryMs?: number;
}

/** What is on the network and speaks HTTP. */
export interface HttpBusOptions extends NetworkBusOptions<'http'> {
  /** Who is at the service of a port, for services that ask. Default nobody: what announces itself is told no password. */
  readonly login?: (port: HttpPort) => HttpLogin | undefined;
}

/** Services that speak bytes of their own, over TCP. */
export function tcpBus(options: NetworkBusOptions<'tcp'> = {}): Bus<'tcp'> {
  const names = new Map<string, readonly string[]>();
  const resolve = lookupIn(names);
  const addressOf = ({ host, port, path }: TcpPort): Address => ({ host, port, path, lookup: resolve });
  return {
    kind: 'tcp',
    events: watch('tcp', options, names, tcpPortOf, addressOf),
    open: async (port, { tls }, signal) =>
      new TcpTransport(await connect(addressOf(port), tls, signal), port.path),
  };
}

/** Services that speak HTTP. */
export function httpBus(options: HttpBusOptions = {}): Bus<'http'> {
  const names = new Map<string, readonly string[]>();
  const resolve = lookupIn(names);
  const addressOf = ({ url, path }: HttpPort): Address => {
    const { hostname, port, protocol } = urlOf(url);
    const standard = protocol === 'https:' ? 443 : 80;
    return {
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? standard : Number(port),
      path,
      lookup: resolve,
    };
  };
  return {
    kind: 'http',
    events: watch('http', options, names, httpPortOf, addressOf),
    open: async (port, openOptions, signal) => {
      await Promise.resolve();
      signal?.throwIfAborted();
      return new NodeHttpTransport(urlOf(port.url), addressOf(port), openOptions, options.login?.(port));
    },
  };
}

function urlOf(url: string): URL {
  if (URL.canParse(url)) {
    const parsed = new URL(url);
    if (parsed.protocol === 'http:' || parsed.protocol === 'https:') return parsed;
  }
  throw new DeviceError('invalid-request', 'the port has no address of HTTP', { path: 'url' });
}

function watch<K extends 'tcp' | 'http'>(
  kind: K,
  { ports = [], services = [], dnsSd, probeEveryMs = 15_000 }: NetworkBusOptions<K>,
  names: Map<string, readonly string[]>,
  portOf: (announcement: Announcement) => Port<K>,
  addressOf: (port: Port<K>) => Address,
): Observable<PortEvent<K>> {
  const twice = ports.find((port, index) => ports.findIndex(({ id }) => id === port.id) !== index);
  if (twice !== undefined) {
    throw new DeviceError('invalid-request', `two ports have the id ${twice.id}`, { path: 'ports' });
  }
  return sharedWatch(
    new Observable<PortEvent<K>>((subscriber: Subscriber<PortEvent<K>>) => {
      const tell = (event: PortEvent<K>): void => {
        subscriber.next(event);
      };
      const known = new Reachability<K>(tell, addressOf, probeEveryMs);
      subscriber.add(() => {
        known.stop();
      });
      const add = (port: Port<K>): void => {
        known.add(port);
        const { host } = addressOf(port);
        const address = isIP(host) === 0 ? names.get(host)?.[0] : host;
        // Whoever gave a place of its own knows better.
        if (address === undefined || !port.physical.startsWith('net:')) return;
        void placeOfHost(address).then((physical) => {
          if (physical !== undefined && !subscriber.closed) known.add({ ...port, physical });
        });
      };
      for (const port of ports) add(port);
      tell({ type: 'listed' });
      if (services.length === 0) return;
      subscriber.add(
        announcements(services, dnsSd).subscribe({
          next: (event) => {
            if (event.type === 'diagnostics') {
              tell({
                type: 'diagnostics',
                diagnostics: event.diagnostics.map((one) => ({
                  ...one,
                  code: one.code.replace(/^http\b/, kind),
                })),
              });
              return;
            }
            const { announcement } = event;
            const port = portOf(announcement);
            if (event.type === 'down') {
              known.remove(port.id);
              return;
            }
            if (known.size >= MAX_ANNOUNCED) return;
            if (announcement.addresses.length > 0) names.set(announcement.host, announcement.addresses);
            add(port);
          },
          error: (error: unknown) => {
            subscriber.error(error);
          },
        }),
      );
    }),
  );
}

function tcpPortOf({ service, name, host, port }: Announcement): TcpPort {
  const path = `${host}:${port}`;
  return { ...announced('tcp', name, service, host), bus: 'tcp', path, host, port };
}

/** Where the resource lies: `rp` of IPP, `rs` of eSCL. */
function httpPortOf({ service, name, host, port, text }: Announcement): HttpPort {
  const scheme = /^_(ipps|uscans|https)\./.test(service) ? 'https' : 'http';
  const resource = (text['rp'] ?? text['rs'] ?? '').replace(/^\/+/, '');
  const url = `${scheme}://${isIP(host) === 6 ? `[${host}]` : host}:${port}/${encoded(resource)}`;
  return { ...announced('http', name, service, host), bus: 'http', path: url, url };
}

/** A path as it stands in an address: some services announce theirs in plain characters, as they should, others encoded already. */
function encoded(path: string): string {
  return encodeURI(path)
    .replaceAll(/%25(?=[0-9a-f]{2})/gi, '%')
    .replaceAll('#', '%23');
}

function announced(bus: 'tcp' | 'http', name: string, service: string, host: string) {
  return { id: `${bus}:${name}.${service}`, physical: `net:${host}`, model: name, service };
}

/** Names that were announced first, then those of the system. */
function lookupIn(names: ReadonlyMap<string, readonly string[]>): LookupFunction {
  return (host, options, done) => {
    const addresses = names.get(host)?.map((address) => ({ address, family: isIP(address) })) ?? [];
    const [first] = addresses;
    if (first !== undefined) {
      if (options.all === true) done(null, addresses);
      else done(null, first.address, first.family);
      return;
    }
    lookup(host, options, done);
  };
}
