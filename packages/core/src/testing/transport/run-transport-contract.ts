import { withDeadline } from '../../deadline.js';
import type { BusKind } from '../../port.js';
import { lackOf, type TransportCase, type TransportUnderTest } from './transport-under-test.js';

/** No case may take longer than this, times the subject's slowness, in milliseconds. */
const CASE_MS = 120_000;

/** How one case went; a skipped one says what the subject lacks and why. */
export type TransportResult =
  | { readonly name: string; readonly outcome: 'kept' }
  | { readonly name: string; readonly outcome: 'broken'; readonly error: unknown }
  | { readonly name: string; readonly outcome: 'skipped'; readonly reason: string };

/**
 * Makes a fresh subject, reference hardware as after it got power, for `one`: what the case does not need (see
 * `TransportCase.needs`), such as the twin of the first device, may be left out.
 */
export type MakeTransportSubject<K extends BusKind> = (
  one: TransportCase<K>,
) => TransportUnderTest<K> | Promise<TransportUnderTest<K>>;

/** Runs one case on a subject of its own, within a deadline; never rejects for what the transport does. */
export async function runTransportCase<K extends BusKind>(
  one: TransportCase<K>,
  make: MakeTransportSubject<K>,
): Promise<TransportResult> {
  const { name } = one;
  const subject = await make(one);
  try {
    const reason = lackOf(one, subject);
    if (reason !== undefined) return { name, outcome: 'skipped', reason };
    await withDeadline(name, CASE_MS * (subject.slowness ?? 1), () => one.run(subject));
    return { name, outcome: 'kept' };
  } catch (error) {
    return { name, outcome: 'broken', error };
  } finally {
    await subject.release?.();
  }
}

/** Runs a suite without a test framework, one case after another. */
export async function runTransportContract<K extends BusKind>(
  suite: readonly TransportCase<K>[],
  make: MakeTransportSubject<K>,
): Promise<readonly TransportResult[]> {
  const results: TransportResult[] = [];
  for (const one of suite) results.push(await runTransportCase(one, make));
  return results;
}
