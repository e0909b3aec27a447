import { BehaviorSubject, distinctUntilChanged, firstValueFrom, map } from 'rxjs';
import { DeviceError } from '../device-error.js';
import type { CardConnection, CardPresence, CardTransport } from '../transport.js';
import type { Fields } from '../wire/fields.js';
import { unknownOperation, type FarTransport, type ServedTransport } from './transport-ends.js';

/** A slot of a card reader, where it is. */
export function servedReader(reader: CardTransport): ServedTransport {
  const gone: CardPresence = { state: 'absent' };
  return {
    ended: reader.ended,
    close: () => reader.close(),
    said: firstValueFrom(reader.card, { defaultValue: gone }).then((presence) => ({ ...presence })),
    call: async (operation, input, options) => {
      if (operation !== 'control') throw unknownOperation(operation);
      return { value: { data: await reader.control(input.count('code'), input.bytes('data'), options) } };
    },
    streams: { card: { items: reader.card.pipe(map((presence) => ({ ...presence }))), keep: 'latest' } },
    connect: async (mode, options) => servedCard(await reader.connect(mode, options)),
  };
}

function servedCard(card: CardConnection): ServedTransport {
  return {
    ended: card.ended,
    close: () => card.close(),
    said: { atr: card.atr },
    call: async (operation, input, options) => {
      if (operation !== 'transmit') throw unknownOperation(operation);
      return { value: { data: await card.transmit(input.bytes('data'), options) } };
    },
    streams: {},
  };
}

/** The same slot, where the app is; it is watched from the beginning, so that everybody is told how things stand at once. */
export function farReader(far: FarTransport, said: Fields): CardTransport {
  const card = new BehaviorSubject(readPresence(said));
  const watching = far.stream('card', readPresence).subscribe({
    next: (presence) => {
      card.next(presence);
    },
    error: (error: unknown) => {
      card.error(DeviceError.from(error, 'protocol', 'the slot is not watched any more'));
    },
  });
  void far.ended.then((end) => {
    watching.unsubscribe();
    if (end.reason === 'lost') card.error(end.error);
    else card.complete();
  });
  return {
    ended: far.ended,
    close: () => far.close(),
    card: card.pipe(distinctUntilChanged(isSame)),
    connect: (mode, options) => far.connect(mode, farCard, options),
    control: (code, data, options) =>
      far.call('control', { code, data }, (value) => value.bytes('data'), options),
  } satisfies Required<CardTransport>;
}

function farCard(far: FarTransport, said: Fields): CardConnection {
  return {
    ended: far.ended,
    close: () => far.close(),
    atr: said.bytes('atr'),
    transmit: (data, options) => far.call('transmit', { data }, (value) => value.bytes('data'), options),
  } satisfies Required<CardConnection>;
}

function readPresence(f: Fields): CardPresence {
  const state = f.oneOf('state', ['absent', 'present']);
  return state === 'absent' ? { state } : { state, atr: f.bytes('atr') };
}

function isSame(a: CardPresence, b: CardPresence): boolean {
  if (a.state === 'absent' || b.state === 'absent') return a.state === b.state;
  return a.atr.length === b.atr.length && a.atr.every((byte, i) => byte === b.atr[i]);
}
