import { filter, map } from 'rxjs';
import { delay } from '../../deadline.js';
import { DeviceError } from '../../device-error.js';
import type { BusKind, Port } from '../../port.js';
import type { TransportOf } from '../../transport.js';
import { describe, firstOf, keeps } from './expectations.js';
import { limitsOf } from './limits.js';
import type { ReferenceRole, TransportUnderTest } from './transport-under-test.js';
import { ContractViolation } from '../contract.js';

/** How long to wait before a port that has gone is looked for again, in milliseconds. */
const AGAIN_MS = 50;

/** The port of a piece of reference hardware, as soon as the bus says that it is attached. */
export function referencePort<K extends BusKind>(
  subject: TransportUnderTest<K>,
  role: ReferenceRole = 'first',
): Promise<Port<K>> {
  const attached = subject.bus.events.pipe(
    filter((event) => event.type === 'attached'),
    map(({ port }) => port),
    filter((port) => subject.roleOf(port) === role),
  );
  const { patienceMs } = limitsOf(subject);
  return keeps(`the port of the ${role} reference device is attached`, patienceMs, firstOf(attached));
}

/** Opens a piece of reference hardware, with `options` in the place of the subject's where they are given. */
export async function opened<K extends BusKind>(
  subject: TransportUnderTest<K>,
  role: ReferenceRole = 'first',
  options = subject.openOptions,
): Promise<TransportOf[K]> {
  const port = await referencePort(subject, role);
  return keeps('open()', limitsOf(subject).patienceMs, subject.bus.open(port, options));
}

/** Opens the first device when its plug was pulled, or its port given back, a moment ago: as soon as it can be had. */
export async function openedSoon<K extends BusKind>(
  subject: TransportUnderTest<K>,
  meanwhile: 'busy' | 'gone',
): Promise<TransportOf[K]> {
  const codes = meanwhile === 'busy' ? ['busy'] : ['not-found', 'lost'];
  const { patienceMs } = limitsOf(subject);
  let last: unknown;
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += AGAIN_MS) {
    const port = await referencePort(subject);
    try {
      return await subject.bus.open(port, subject.openOptions);
    } catch (error) {
      if (!(error instanceof DeviceError) || !codes.includes(error.code)) throw error;
      last = error;
    }
    await delay(AGAIN_MS);
  }
  throw new ContractViolation(`open() is refused for ${patienceMs} ms: ${describe(last)}`);
}

/** Opens a piece of reference hardware, runs `body`, closes whatever happens. */
export async function withTransport<K extends BusKind>(
  subject: TransportUnderTest<K>,
  body: (transport: TransportOf[K]) => Promise<void>,
  role: ReferenceRole = 'first',
): Promise<void> {
  const transport = await opened(subject, role);
  await closedAfter(subject, transport, () => body(transport));
}

/** Runs `body` and closes `transport` whatever happens; what goes wrong first is what counts. */
export async function closedAfter<K extends BusKind>(
  subject: TransportUnderTest<K>,
  transport: TransportOf[K],
  body: () => Promise<void>,
): Promise<void> {
  const { closeMs } = limitsOf(subject);
  try {
    await body();
  } catch (error) {
    await keeps('close()', closeMs, transport.close()).catch(() => undefined);
    throw error;
  }
  await keeps('close()', closeMs, transport.close());
}
