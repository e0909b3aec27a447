import type { Diagnostic } from '@buergerkoffer/core';
import { berlinDate } from '@buergerkoffer/formats';
import { FEE_RULES } from '@buergerkoffer/procedures';
import { exists } from './folders.js';

/** A release is not used for so many years. */
const LONG_YEARS = 10;
/** More than this between the two clocks is worth a warning, in milliseconds. */
const SKEW_MS = 120_000;

/**
 * What is to be said about the clock: fees, ages and certificates depend on it. A release cannot run before the law
 * that it knows; `timesync` is where systemd-timesyncd leaves its mark.
 */
export async function clockFindings(
  now: Date,
  timesync = '/run/systemd/timesync',
): Promise<readonly Diagnostic[]> {
  const today = berlinDate(now);
  const newest = FEE_RULES.flatMap(({ validFrom }) => (validFrom === 'unknown' ? [] : [validFrom]))
    .sort()
    .at(-1);
  const remedy = 'set the clock: timedatectl set-ntp true';
  if (newest !== undefined && today < newest) {
    const message = `the clock says ${today}, but this release knows the law from ${newest} on`;
    return [{ code: 'system.clock-wrong', severity: 'error', message, remedy }];
  }
  if (newest !== undefined && Number(today.slice(0, 4)) > Number(newest.slice(0, 4)) + LONG_YEARS) {
    const message = `the clock says ${today}: it is wrong, or this release is too old`;
    return [{ code: 'system.clock-wrong', severity: 'error', message, remedy }];
  }
  const unsynchronised = (await exists(timesync)) && !(await exists(`${timesync}/synchronized`));
  if (!unsynchronised) return [];
  return [
    {
      code: 'system.clock-unsynchronised',
      severity: 'info',
      message: 'the clock was not synchronised since the computer was started',
      remedy: 'connect to a network before the visit, or compare the time by hand',
    },
  ];
}

/** What is to be said about a service whose answer, received at `now`, carries the HTTP date `date`. */
export function skewFindings(date: string | null, now: Date): readonly Diagnostic[] {
  const theirs = Date.parse(date ?? '');
  const skewMs = now.getTime() - theirs;
  if (Number.isNaN(theirs) || Math.abs(skewMs) <= SKEW_MS) return [];
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  return [
    {
      code: 'system.clock-skew',
      severity: 'warning',
      message: `this clock is ${seconds} s ${skewMs < 0 ? 'behind' : 'ahead of'} the clock of the Fachverfahren`,
      remedy: 'set the clock: timedatectl set-ntp true',
    },
  ];
}
