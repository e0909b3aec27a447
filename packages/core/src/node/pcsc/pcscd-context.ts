import { withDeadline } from '../../deadline.js';
import { DeviceError } from '../../device-error.js';
import { ESTABLISHED, establishRequest, VERSION, versionRequest } from './messages.js';
import { expectSuccess } from './pcsc-errors.js';
import { PcscdConnection } from './pcscd-connection.js';

/** Protocol versions that are spoken, preferred first. A service of 4.6 speaks 4.4 with those who ask for it. */
const MAJOR = 4;
const MINORS = [4, 5] as const;
/** How long greeting a service may take, in milliseconds: systemd may start it first, and it asks polkit. */
const GREETING_MS = 10_000;

/** A connection that has been let in, with the context that the service has made for it. */
export interface PcscdContext {
  readonly connection: PcscdConnection;
  readonly context: number;
}

/**
 * A context of the service at `path`; it has a connection of its own. Aborting `signal`, also later, ends both. Rejects
 * `not-found` (not running), `access-denied`, `unsupported` (a version that is not known), `timeout`.
 */
export async function openContext(path: string, signal: AbortSignal): Promise<PcscdContext> {
  const connection = await PcscdConnection.open(path, signal);
  try {
    return await withDeadline('greeting the PC/SC service', GREETING_MS, () => greet(connection), signal);
  } catch (error) {
    connection.end();
    throw error;
  }
}

async function greet(connection: PcscdConnection): Promise<PcscdContext> {
  await agreeOnVersion(connection);
  const { context, ...answer } = await connection.ask(establishRequest(), ESTABLISHED);
  expectSuccess(answer);
  return { connection, context };
}

/** The service says its own version; one that does not speak the first one that is proposed may speak another. */
async function agreeOnVersion(connection: PcscdConnection): Promise<void> {
  let service = '';
  for (const minor of MINORS) {
    const answer = await connection.ask(versionRequest(MAJOR, minor), VERSION).catch(notLetIn);
    if (answer.returnCode === 0) return;
    service = `${answer.major}.${answer.minor}`;
  }
  throw new DeviceError(
    'unsupported',
    `the PC/SC service speaks protocol ${service}; ${MINORS.map((minor) => `${MAJOR}.${minor}`).join(' and ')} are known`,
    { remedy: 'install pcscd 1.8.24 or newer from your distribution' },
  );
}

/** Whom polkit does not allow, the service hangs up on before it answers anything. */
function notLetIn(cause: unknown): never {
  if (!(cause instanceof DeviceError) || cause.code !== 'lost') throw cause;
  throw new DeviceError(
    'access-denied',
    'the PC/SC service hangs up at once: polkit does not let this program in, or too many others are connected',
    {
      remedy: 'allow the action org.debian.pcsc-lite.access_pcsc for this user in /etc/polkit-1/rules.d',
      cause,
    },
  );
}
