import { cardOperations } from '../card-operations.js';
import { EVENT } from '../codes.js';
import type { Dialect } from '../dialect.js';
import { propertyOperations } from '../property-operations.js';
import { REQUEST_GET_EVENT } from './codes.js';
import { eosOperations } from './eos-operations.js';
import { firstEosValues } from './eos-properties.js';
import { EosState } from './eos-state.js';
import { viewfinderOperations } from './viewfinder.js';

/**
 * A camera that speaks Canon's EOS extension: a host switches it to remote, polls it for records, and fetches pictures
 * from its memory when it has made itself their destination. InitiateCapture is not part of it.
 */
export const CANON: Dialect = {
  maker: 'Lab',
  model: 'Lab EOS camera',
  extension: { id: 0xb, version: 100, words: '' },
  events: [EVENT.storeFull, REQUEST_GET_EVENT],
  powerUp: (body) => {
    const values = firstEosValues();
    const { viewfinder } = body;
    return (tell) => {
      const eos = new EosState(body, values, tell);
      const liveView = viewfinder === undefined ? [] : viewfinderOperations(viewfinder, eos.properties);
      const general = [...cardOperations(body), ...propertyOperations(body)];
      return { operations: new Map([...general, ...eosOperations(eos), ...liveView]), user: eos };
    };
  },
};
