import type { CameraBody, CameraNews } from './camera-body.js';
import { cardOperations } from './card-operations.js';
import { STORAGE } from './card.js';
import { EVENT, FORMAT, OPERATION, RESPONSE } from './codes.js';
import type { Dialect } from './dialect.js';
import type { Operation, PtpEvent } from './operation.js';
import { propertyOperations } from './property-operations.js';

/** A camera that speaks what ISO 15740 says, and nothing else: live view and its like are not part of that. */
export const STANDARD: Dialect = {
  maker: 'Lab',
  model: 'Lab still camera',
  extension: { id: 0, version: 0, words: '' },
  events: [EVENT.objectAdded, EVENT.storeFull, EVENT.captureComplete],
  powerUp: (body) => (tell) => ({
    operations: new Map([...cardOperations(body), ...propertyOperations(body), initiateCapture(body)]),
    user: {
      destination: 'card',
      shutterLocked: false,
      hear: (news) => {
        tell(eventOf(news));
      },
    },
  }),
};

function eventOf(news: CameraNews): PtpEvent {
  const { transaction } = news;
  switch (news.type) {
    case 'added':
      return { code: EVENT.objectAdded, transaction, parameters: [news.object.handle] };
    case 'captured':
      return { code: EVENT.captureComplete, transaction, parameters: [] };
    case 'store-full':
      return { code: EVENT.storeFull, transaction, parameters: [STORAGE] };
    default:
      return news satisfies never;
  }
}

/** InitiateCapture: accepted at once; what becomes of it is told by events. */
export function initiateCapture(body: CameraBody): readonly [number, Operation] {
  return [
    OPERATION.initiateCapture,
    {
      parameters: [0, 2],
      answer: ({ transaction, parameters: [storage, format] }) => {
        if (storage !== 0 && storage !== STORAGE) return { code: RESPONSE.invalidStorageId };
        if (format !== 0 && format !== FORMAT.jpeg) return { code: RESPONSE.invalidObjectFormatCode };
        if (body.exposing) return { code: RESPONSE.deviceBusy };
        if (body.card.free === 0) return { code: RESPONSE.storeFull };
        body.expose('card', transaction);
        return {};
      },
    },
  ];
}
