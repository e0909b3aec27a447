import { beforeAll, describe, expect, it } from 'vitest';
import { addressOf, ippPort } from '@buergerkoffer/print';
import { selfSigned } from '../support/certificate.js';
import { programPath } from '../support/debian-programs.js';
import { DOCUMENT, eventsOf, fresh, PrinterBench, typesOf } from '../support/printer-bench.js';

describe.skipIf(programPath('openssl') === undefined)('a printer over TLS', () => {
  let own: ReturnType<typeof selfSigned>;
  let other: ReturnType<typeof selfSigned>;

  beforeAll(() => {
    own = selfSigned('IP:127.0.0.1');
    other = selfSigned('IP:127.0.0.1');
  });

  it('prints with its certificate pinned, and with its authority', async () => {
    await using bench = await PrinterBench.with({}, { tls: own });
    for (const tls of [{ pin: own.pin }, { ca: own.cert }]) {
      const printer = await bench.open({ tls });
      expect(typesOf(await eventsOf(printer.print(DOCUMENT, fresh()))).at(-1)).toBe('done');
    }
    expect(bench.printer.printed).toHaveLength(2);
  });

  it('is refused with a certificate that nobody trusts, and with another than the pinned one', async () => {
    await using bench = await PrinterBench.with({}, { tls: own });
    await expect(bench.open()).rejects.toMatchObject({
      code: 'access-denied',
      remedy: expect.stringContaining(own.pin) as string,
    });
    await expect(bench.open({ tls: { pin: other.pin } })).rejects.toMatchObject({ code: 'access-denied' });
    await expect(bench.open({ tls: { ca: other.cert } })).rejects.toMatchObject({ code: 'access-denied' });
    expect(bench.printer.jobs).toEqual([]);
  });
});

describe('the address of a printer', () => {
  it.each([
    ['ipp://printer.local', 'http://printer.local:631/ipp/print', 'ipp://printer.local:631/ipp/print'],
    ['ipps://10.0.0.5/ipp/print', 'https://10.0.0.5:631/ipp/print', 'ipps://10.0.0.5:631/ipp/print'],
    [
      'ipp://[fe80::1]:8631/printers/A%20B',
      'http://[fe80::1]:8631/printers/A%20B',
      'ipp://[fe80::1]:8631/printers/A%20B',
    ],
    ['http://host/ipp/print', 'http://host:80/ipp/print', 'ipp://host:80/ipp/print'],
    ['https://host/ipp', 'https://host:443/ipp', 'ipps://host:443/ipp'],
    ['ipp://host:80/ipp/print', 'http://host:80/ipp/print', 'ipp://host:80/ipp/print'],
  ])('%s is the port %s, and the printer is called %s', (uri, url, printerUri) => {
    const port = ippPort(uri);
    expect(port.url).toBe(url);
    expect(addressOf(port).printerUri).toBe(printerUri);
  });

  it.each(['', 'printer', 'usb://x', 'ipp://', 'ipp://user:secret@host/ipp/print', 'ipp://host:99999/'])(
    'is not %j',
    (uri) => {
      expect(() => ippPort(uri)).toThrow(expect.objectContaining({ code: 'invalid-request' }) as Error);
    },
  );
});
