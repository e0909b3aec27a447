import type { Diagnostic } from '../bus.js';

/** The kinds of bus that browsers have: each is a property of `navigator` as well. */
export type WebKind = 'usb' | 'hid' | 'serial';

/** The names that people know. */
const APIS = { usb: 'WebUSB', hid: 'WebHID', serial: 'Web Serial' } as const satisfies Record<
  WebKind,
  string
>;

/** What browsers call the way to devices of this kind. */
export function apiName(kind: WebKind): string {
  return APIS[kind];
}

/** `navigator.usb`, `navigator.hid` or `navigator.serial`; undefined where there is none. */
export function platformObject(kind: WebKind): unknown {
  const scope: { readonly navigator?: unknown } = globalThis;
  return isObject(scope.navigator) ? scope.navigator[kind] : undefined;
}

/** Whether `value` has all these methods, as far as that can be known without calling them. */
export function hasMethods(value: unknown, methods: readonly string[]): boolean {
  return isObject(value) && methods.every((method) => typeof value[method] === 'function');
}

/** Why this page has no devices of this kind, and what to do. */
export function missingApi(kind: WebKind): Diagnostic {
  const scope: { readonly isSecureContext?: boolean } = globalThis;
  if (scope.isSecureContext === false) {
    return {
      code: `${kind}.insecure-context`,
      severity: 'error',
      message: `the page has no ${APIS[kind]}: it was not loaded in a secure way`,
      remedy: 'serve the page over https, or from localhost',
    };
  }
  return {
    code: `${kind}.api-missing`,
    severity: 'warning',
    message: `this browser has no ${APIS[kind]}`,
    remedy: `use a browser that has it, such as Chromium, Chrome or Edge; workers have less than pages`,
  };
}

/** The page may not use devices of this kind. */
export function deniedApi(kind: WebKind): Diagnostic {
  return {
    code: `${kind}.access-denied`,
    severity: 'error',
    message: `the page is not allowed to use ${APIS[kind]}`,
    remedy: permissionRemedy(kind),
  };
}

/** What makes a page, and a frame in it, allowed to use devices of this kind. */
export function permissionRemedy(kind: WebKind): string {
  return `send the page with the header "Permissions-Policy: ${kind}=(self)"; give a frame allow="${kind}"`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
