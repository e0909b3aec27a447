import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ranProgram } from './debian-programs.js';

/** A certificate that signs itself, as printers do, for `host`. */
export function selfSigned(host: string): {
  readonly key: string;
  readonly cert: string;
  readonly pin: string;
} {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=printer', '-addext', `subjectAltName=${host}`];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    ranProgram('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', cert, ...subject]);
    const pem = readFileSync(cert, 'utf8');
    const pin = createHash('sha256').update(new X509Certificate(pem).raw).digest('hex');
    return { key: readFileSync(key, 'utf8'), cert: pem, pin };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
