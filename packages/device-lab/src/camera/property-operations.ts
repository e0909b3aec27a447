import type { CameraBody } from './camera-body.js';
import type { PropertySet } from './camera-property.js';
import { OPERATION, RESPONSE } from './codes.js';
import type { Operation, PtpAnswer } from './operation.js';

/** What becomes of a value that a host sets. */
export const SET_RESPONSE: Readonly<Record<PropertySet, number>> = {
  set: RESPONSE.ok,
  unknown: RESPONSE.devicePropNotSupported,
  'read-only': RESPONSE.accessDenied,
  malformed: RESPONSE.invalidDevicePropFormat,
  'not-allowed': RESPONSE.invalidDevicePropValue,
};

/** The properties that ISO 15740 knows: described, read, set. */
export function propertyOperations(body: CameraBody): readonly (readonly [number, Operation])[] {
  const { properties } = body.parts;
  return [
    [
      OPERATION.getDevicePropDesc,
      { parameters: [1, 1], answer: ({ parameters: [code] }) => told(properties.description(code)) },
    ],
    [
      OPERATION.getDevicePropValue,
      { parameters: [1, 1], answer: ({ parameters: [code] }) => told(properties.value(code)) },
    ],
    [
      OPERATION.setDevicePropValue,
      {
        parameters: [1, 1],
        takesData: true,
        answer: ({ parameters: [code], data }) => ({ code: SET_RESPONSE[properties.set(code, data)] }),
      },
    ],
  ];
}

function told(data: Uint8Array | undefined): PtpAnswer {
  return data === undefined ? { code: RESPONSE.devicePropNotSupported } : { data };
}
