import { Observable } from 'rxjs';
import type { Diagnostic } from '../../bus.js';
import { libraryDiagnostic, textOf } from '../watched-bus.js';

/** A service that announces itself (RFC 6763). */
export interface Announcement {
  /** `_ipp._tcp`. */
  readonly service: string;
  /** Name of the instance, as people see it. */
  readonly name: string;
  /** Name of the host. */
  readonly host: string;
  readonly port: number;
  /** IPv4 before IPv6; empty when none was announced. */
  readonly addresses: readonly string[];
  /** Keys of the TXT record in lower case. */
  readonly text: Readonly<Record<string, string>>;
}

/** What the network says. */
export type DnsSdEvent =
  | { readonly type: 'up'; readonly announcement: Announcement }
  | { readonly type: 'down'; readonly announcement: Announcement }
  | { readonly type: 'diagnostics'; readonly diagnostics: readonly Diagnostic[] };

/** Where multicast goes; for tests. */
export interface DnsSdOptions {
  /** Address of the network interface. */
  readonly interface?: string;
  /** Address to listen on. */
  readonly bind?: string;
  /** Default 5353. */
  readonly port?: number;
}

/** The part of the optional library `bonjour-service` that is used; what it hands on comes from the network. */
interface Library {
  readonly Bonjour: new (options: object, failed: (error: unknown) => void) => BonjourClient;
}
interface BonjourClient {
  find(query: { readonly type: string; readonly protocol: 'tcp' | 'udp' }): Browser;
  destroy(): void;
}
interface Browser {
  on(event: 'up' | 'down', listener: (service: unknown) => void): void;
  update(): void;
  expire(): void;
  stop(): void;
}

/** How often it is asked again, and what fell silent is dropped; in milliseconds. */
const ASK_EVERY_MS = 15_000;

/**
 * Cold. What announces one of `services` (`_ipp._tcp`) on the local network, as long as somebody listens. Never fails:
 * a library that is missing and a network that cannot be used are diagnostics.
 */
export function announcements(
  services: readonly string[],
  options: DnsSdOptions = {},
  load: () => Promise<unknown> = () => import('bonjour-service'),
): Observable<DnsSdEvent> {
  return new Observable((subscriber) => {
    const say = (diagnostic: Diagnostic): void => {
      subscriber.next({ type: 'diagnostics', diagnostics: [diagnostic] });
    };
    load()
      .then((library) => {
        if (subscriber.closed) return;
        if (!isLibrary(library)) throw new Error('the library has no Bonjour');
        subscriber.add(
          browse(library, services, options, {
            told: (type, announcement) => {
              subscriber.next({ type, announcement });
            },
            failed: (error) => {
              say(networkDiagnostic(error));
            },
          }),
        );
      })
      .catch((error: unknown) => {
        say(libraryDiagnostic('http', 'bonjour-service', 'install the library again', error));
      });
  });
}

interface Listener {
  readonly told: (type: 'up' | 'down', announcement: Announcement) => void;
  readonly failed: (error: unknown) => void;
}

/** Starts browsing; the returned function ends it. */
function browse(
  { Bonjour }: Library,
  services: readonly string[],
  options: DnsSdOptions,
  { told, failed }: Listener,
): () => void {
  const client = new Bonjour({ ...options }, failed);
  const browsers = services.map((service) => {
    const [type = '', protocol] = service.split('.').map((label) => label.replace(/^_/, ''));
    const browser = client.find({ type, protocol: protocol === 'udp' ? 'udp' : 'tcp' });
    const hear = (change: 'up' | 'down') => (found: unknown) => {
      const announcement = readAnnouncement(service, found);
      if (announcement !== undefined) told(change, announcement);
    };
    browser.on('up', hear('up'));
    browser.on('down', hear('down'));
    return browser;
  });
  const asking = setInterval(() => {
    for (const browser of browsers) {
      browser.update();
      browser.expire();
    }
  }, ASK_EVERY_MS);
  return () => {
    clearInterval(asking);
    for (const browser of browsers) browser.stop();
    client.destroy();
  };
}

function isLibrary(library: unknown): library is Library {
  return typeof library === 'object' && library !== null && 'Bonjour' in library;
}

/** Longest name that is taken from the network, in characters (RFC 1035: 255 bytes). */
const MAX_NAME = 255;

/** An announcement, or undefined when what was sent is none: anybody in the network can send anything. */
export function readAnnouncement(service: string, found: unknown): Announcement | undefined {
  if (typeof found !== 'object' || found === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(found));
  const name = shownText(fields.get('name'));
  const host = fields.get('host');
  const port = fields.get('port');
  if (name === undefined || typeof host !== 'string' || !/^[\w.-]{1,255}$/.test(host)) return undefined;
  if (typeof port !== 'number' || !Number.isInteger(port) || port < 1 || port > 65_535) return undefined;
  const addresses = fields.get('addresses');
  const listed = Array.isArray(addresses) ? addresses.filter((one) => typeof one === 'string') : [];
  return {
    service,
    name,
    host: host.replace(/\.$/, ''),
    port,
    addresses: listed.sort((a, b) => Number(a.includes(':')) - Number(b.includes(':'))),
    text: readText(fields.get('txt')),
  };
}

function readText(txt: unknown): Readonly<Record<string, string>> {
  if (typeof txt !== 'object' || txt === null) return {};
  return Object.fromEntries(
    Object.entries(txt).flatMap(([key, value]) => {
      const text = shownText(value);
      return text === undefined ? [] : [[key.toLowerCase(), text]];
    }),
  );
}

/** Text from the network that may be shown: control characters are left out. */
function shownText(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value
    .replaceAll(/\p{Cc}+/gu, ' ')
    .slice(0, MAX_NAME)
    .trim();
  return text === '' ? undefined : text;
}

function networkDiagnostic(error: unknown): Diagnostic {
  return {
    code: 'net.dns-sd-failed',
    severity: 'warning',
    message: `devices that announce themselves are not found: ${textOf(error)}`,
    remedy: 'allow UDP port 5353 (mDNS) in the firewall, or name the devices in the configuration',
  };
}
