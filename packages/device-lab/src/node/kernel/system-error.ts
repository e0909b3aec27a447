import { DeviceError } from '@buergerkoffer/core';

/** What an attachment needs of the system, in words for whoever has to mend it. */
export interface Needed {
  /** `this kernel has no …`. */
  readonly absent: string;
  /** What brings it. */
  readonly remedy: string;
  /** `no right to …`. */
  readonly forbidden: string;
}

/** A refusal of the system, as `not-found`, `access-denied`, `busy`, or `protocol` for what nobody knows. */
export function systemFailure(cause: unknown, { absent, remedy, forbidden }: Needed): DeviceError {
  if (cause instanceof DeviceError) return cause;
  switch (systemCode(cause)) {
    case 'ENOENT':
    case 'ENODEV':
    case 'ENXIO':
      return new DeviceError('not-found', absent, { remedy, cause });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new DeviceError('access-denied', forbidden, {
        remedy: 'run as root, or use the lab’s guest',
        cause,
      });
    case 'EADDRINUSE':
    case 'EBUSY':
      return new DeviceError('busy', 'it is in use by somebody else', { cause });
    default:
      return new DeviceError('protocol', 'the system refused to attach a virtual device', { cause });
  }
}

/** The name of an error number, such as `EACCES`. */
export function systemCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
