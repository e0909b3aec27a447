import type { PortEvent } from '../bus.js';
import type { BusKind } from '../port.js';
import type { Fields } from '../wire/fields.js';
import { readDiagnostic } from '../wire/child-message.js';
import { readPort } from './port-fields.js';

/** An event of a bus of `kind`; `InputError` with the path of what is wrong. */
export function readPortEvent<K extends BusKind>(kind: K, fields: Fields): PortEvent<K> {
  const type = fields.oneOf('type', ['attached', 'changed', 'detached', 'listed', 'diagnostics']);
  switch (type) {
    case 'attached':
    case 'changed':
    case 'detached':
      return { type, port: readPort(kind, fields.fields('port')) };
    case 'listed':
      return { type };
    case 'diagnostics':
      return { type, diagnostics: fields.objects('diagnostics').map(readDiagnostic) };
    default:
      return type satisfies never;
  }
}
