import { DeviceError, type DeviceErrorCode } from '@buergerkoffer/core';

interface Meaning {
  readonly code: DeviceErrorCode;
  readonly message: string;
  readonly remedy?: string;
}

/** What the names of a browser's errors mean (W3C Media Capture and Streams, getUserMedia). */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  NotAllowedError: {
    code: 'access-denied',
    message: 'the browser does not let this page use the camera',
    remedy: 'allow the camera for this page in the settings of the browser, and load the page over https',
  },
  SecurityError: {
    code: 'access-denied',
    message: 'the browser lets no page use the camera',
    remedy: 'load the page over https, and ask whoever manages this computer for the right',
  },
  NotFoundError: { code: 'not-found', message: 'the browser finds no camera' },
  OverconstrainedError: { code: 'not-found', message: 'the camera that was chosen is not there' },
  NotReadableError: {
    code: 'busy',
    message: 'another program uses the camera',
    remedy: 'end the other program (video calls), then open the camera again',
  },
};

/** `error` of the browser as a `DeviceError`. */
export function browserFailure(error: unknown): DeviceError {
  if (error instanceof DeviceError) return error;
  const name = error instanceof Error ? error.name : '';
  const { code, message, remedy } = MEANINGS[name] ?? {
    code: 'protocol',
    message: 'the browser cannot use the camera',
  };
  return new DeviceError(code, message, { remedy, cause: error });
}
