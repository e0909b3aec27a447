import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NEVER, of, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import {
  deliveryThrough,
  osciFeedbackOutcome,
  osciOutcome,
  rejectionOutcome,
  rejectionsOutcome,
  ServiceError,
  worstOutcome,
  xtaOutcome,
} from '../../src/index.js';
import type { MessageTransport, OutgoingMessage, TransportEvent } from '../../src/index.js';
import { REJECTION_CODES } from '../../src/xmeld/index.js';

const brief = ({ severity, followUp }: { severity: string; followUp: string }) => `${severity} ${followUp}`;

describe('a code of a Rückweisung', () => {
  it.each([
    ['S011', 'error correct'],
    ['S030', 'error correct'],
    ['S999', 'error correct'],
    ['S100', 'warning nothing'],
    ['T000', 'error integrator'],
    ['T080', 'error integrator'],
    ['V000', 'error rebuild'],
    ['X001', 'error integrator'],
    ['S777', 'error correct'],
    ['V001', 'error rebuild'],
    ['', 'error integrator'],
    ['Q123', 'error integrator'],
  ])('%s is %s', (code, expected) => {
    expect(brief(rejectionOutcome(code))).toBe(expected);
  });

  it('of the list is never mended by sending the same again', () => {
    for (const code of Object.keys(REJECTION_CODES)) {
      expect(['nothing', 'correct', 'rebuild', 'integrator']).toContain(rejectionOutcome(code).followUp);
    }
  });

  it('that is known says in German what was wrong and what happens', () => {
    expect(rejectionOutcome('V000').messageDe).toMatch(/Version.*neu erstellt/);
  });

  it('beside others counts when it is the worst', () => {
    expect(rejectionsOutcome(['S100', 'S011', 'V000'])?.code).toBe('S011');
    expect(rejectionsOutcome([])).toBeUndefined();
  });
});

describe('a feedback code of OSCI', () => {
  it.each([
    ['0800', 'ok nothing'],
    ['0999', 'ok nothing'],
    ['3800', 'warning look-again'],
    ['3999', 'warning nothing'],
    ['9801', 'warning look-again'],
    ['9803', 'ok nothing'],
    ['9809', 'error send-again'],
    ['9999', 'error integrator'],
    ['800', 'error integrator'],
    ['abcd', 'error integrator'],
  ])('%s is %s', (code, expected) => {
    expect(brief(osciOutcome(code))).toBe(expected);
  });

  it('counts with all others, wherever it stands among them', () => {
    expect(osciFeedbackOutcome(['0800', '0800', '9601', '3500'])?.code).toBe('9601');
    expect(osciFeedbackOutcome(['3500', '0800', '3500'])?.severity).toBe('warning');
    expect(osciFeedbackOutcome([])).toBeUndefined();
  });
});

describe('an error code of XTA', () => {
  it.each([
    ['9010', 'error integrator'],
    ['9023', 'error correct'],
    ['9024', 'error look-again'],
    ['9030', 'error send-again'],
    ['9100', 'warning nothing'],
    ['1234', 'error integrator'],
  ])('%s is %s', (code, expected) => {
    expect(brief(xtaOutcome(code))).toBe(expected);
  });

  const SCHEMA = fileURLToPath(
    new URL('../../../../../shared/data/xoev/xta-2/XTA-Webservice-Datentypen.xsd', import.meta.url),
  );
  it.skipIf(!existsSync(SCHEMA))('is known when the schema lists it (needs ../shared/data)', () => {
    const listed = [...readFileSync(SCHEMA, 'utf8').matchAll(/value="(9\d{3})"/g)].map(
      ([, code]) => code ?? '',
    );
    expect(listed.length).toBeGreaterThan(20);
    for (const code of listed) expect(xtaOutcome(code).message, code).not.toMatch(/not known here/);
  });
});

it('the worst of several is by severity, then by who has to act', () => {
  const codes = ['9030', '9023', '9100'].map(xtaOutcome);
  expect(worstOutcome(codes)?.code).toBe('9023');
});

describe('an outbox that delivers through a transport', () => {
  const at = '2026-03-02T09:00:00.000Z';
  const messageId = '3c1d6c1e-7f1a-4c52-9a37-0d5f4b1b0430';
  const accepted: TransportEvent = { type: 'accepted', messageId, at, known: false };
  const rejected = (code: string): TransportEvent => ({
    type: 'rejected',
    messageId,
    at,
    reason: { code, message: 'no', messageDe: 'nein' },
  });
  const request = { submissionId: messageId, body: Uint8Array.of(1) };

  const through = (events: readonly TransportEvent[], sent: OutgoingMessage[] = []) => {
    const transport: MessageTransport = {
      kind: 'test',
      submit: (message) => {
        sent.push(message);
        return of(...events);
      },
    };
    return deliveryThrough(transport, { contentType: 'application/jose' })(
      request,
      new AbortController().signal,
    );
  };

  it.each([
    [[accepted], { state: 'received' }],
    [[accepted, { type: 'delivered', messageId, at } as const], { state: 'accepted' }],
    [[accepted, rejected('S011')], { state: 'rejected', reason: 'S011', followUp: 'correct' }],
    [[accepted, rejected('V000')], { state: 'rejected', reason: 'V000', followUp: 'rebuild' }],
    [[accepted, rejected('S100')], { state: 'accepted' }],
  ])('is told what came of %j', async (events, answer) => {
    expect(await through(events)).toEqual(answer);
  });

  it('comes back when the code of the carrier advises it', async () => {
    const transport: MessageTransport = { kind: 'osci', submit: () => of(accepted, rejected('9809')) };
    const port = deliveryThrough(transport, { contentType: 'application/jose', outcome: osciOutcome });
    expect(await port(request, new AbortController().signal)).toEqual({ state: 'received' });
  });

  it('sends under the identity of the submission', async () => {
    const sent: OutgoingMessage[] = [];
    await through([accepted], sent);
    expect(sent).toEqual([{ messageId, contentType: 'application/jose', body: request.body }]);
  });

  it('is told of an error, and stops when it is aborted', async () => {
    const down = new ServiceError('unreachable', 'down');
    const failing: MessageTransport = { kind: 'test', submit: () => throwError(() => down) };
    const options = { contentType: 'application/jose' };
    await expect(deliveryThrough(failing, options)(request, new AbortController().signal)).rejects.toBe(down);
    const controller = new AbortController();
    const hanging: MessageTransport = { kind: 'test', submit: () => NEVER };
    const waiting = deliveryThrough(hanging, options)(request, controller.signal);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(deliveryThrough(hanging, options)(request, controller.signal)).rejects.toThrow('enough');
  });
});
