import {
  CARD_COMMAND,
  CARD_REFERENCE,
  CARD_STATUS,
  cardNumbers,
  patternBytes,
} from '@buergerkoffer/core/testing';
import { ByteReader, ByteWriter } from '@buergerkoffer/formats';
import { delay } from '@buergerkoffer/core';
import type { VirtualCard } from '../pcsc/virtual-card.js';

const NOTHING = new Uint8Array(0);
/** Bytes of class, instruction and parameters. */
const HEAD_BYTES = 4;

/** The card that the suite for card readers talks to. */
export function referenceCard(): VirtualCard {
  let done = 0;
  return {
    atr: CARD_REFERENCE.atr,
    transmit: async (command) => {
      done += 1;
      const reader = new ByteReader(command);
      if (reader.remaining < HEAD_BYTES) return response(CARD_STATUS.wrongLength);
      const [cla, ins] = [reader.u8(), reader.u8()];
      reader.skip(2);
      if (cla !== CARD_REFERENCE.cla) return response(CARD_STATUS.unknownClass);
      const data = dataOf(reader);
      switch (ins) {
        case CARD_COMMAND.echo:
          return response(CARD_STATUS.done, data);
        case CARD_COMMAND.answer: {
          const [length, seed] = numbers(data);
          return response(CARD_STATUS.done, patternBytes(length, seed));
        }
        case CARD_COMMAND.wait:
          await delay(numbers(data)[0]);
          return response(CARD_STATUS.done);
        case CARD_COMMAND.count:
          return response(CARD_STATUS.done, cardNumbers(done));
        default:
          return response(CARD_STATUS.unknownInstruction);
      }
    },
  };
}

/** The data of a command behind its head (ISO/IEC 7816-4, 5.1): what is left may be a length of the answer alone. */
function dataOf(reader: ByteReader): Uint8Array {
  if (reader.remaining <= 1) return NOTHING;
  const short = reader.u8();
  if (short !== 0) return reader.bytes(short);
  return reader.remaining <= 2 ? NOTHING : reader.bytes(reader.u16());
}

function numbers(data: Uint8Array): readonly [number, number] {
  const reader = new ByteReader(data);
  return [reader.u32(), reader.remaining === 0 ? 0 : reader.u32()];
}

function response(status: number, data: Uint8Array = NOTHING): Uint8Array {
  return new ByteWriter().bytes(data).u16(status).toBytes();
}
