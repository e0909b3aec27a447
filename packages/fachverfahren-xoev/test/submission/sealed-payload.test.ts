import { InputError } from '@buergerkoffer/formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SealedPayload } from '../../src/index.js';
import {
  decodeSealedPayload,
  encodeSealedPayload,
  MAX_PAYLOAD_BYTES,
  sealedAttachment,
  sealedMessage,
} from '../../src/index.js';

const ID = '3c1d6c1e-7f1a-4c52-9a37-0d5f4b1b0430';
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

async function payload(): Promise<SealedPayload> {
  return {
    version: 1,
    submissionId: ID,
    application: { schemaVersion: 1, holder: { familyName: 'Mustermann' } },
    attachments: [await sealedAttachment('photo.jpg', 'image/jpeg', Uint8Array.of(0xff, 0xd8))],
    messages: [sealedMessage('0430', ID, utf8('<a/>'))],
  };
}

describe('the sealed payload', () => {
  it('reads what it writes', async () => {
    const content = await payload();
    expect(decodeSealedPayload(encodeSealedPayload(content))).toEqual(content);
  });

  it('takes the UUID of a message in every version, as XÖV does', async () => {
    const content = {
      ...(await payload()),
      messages: [sealedMessage('0430', 'B47016CF-BEC4-0980-1A23-38B421C2C9D8', utf8('<a/>'))],
    };
    expect(decodeSealedPayload(encodeSealedPayload(content))).toEqual(content);
  });

  it('names an attachment by the SHA-256 of its bytes', async () => {
    const { sha256, base64 } = await sealedAttachment('a.txt', 'text/plain', utf8('abc'));
    expect(sha256).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(base64).toBe('YWJj');
  });

  it.each([
    ['another version', { version: 2 }, 'version'],
    ['an identity that is no UUID', { submissionId: 'x' }, 'submissionId'],
    ['a field that nobody knows', { extra: 'Kanarienvogel' }, ''],
    [
      'a file name with a folder',
      { attachments: [{ name: '../a', mediaType: 'image/png', sha256: '0'.repeat(64), base64: '' }] },
      'attachments[0].name',
    ],
    ['text that is no base64', { messages: [{ type: '0430', uuid: ID, base64: 'Ä' }] }, 'messages[0].base64'],
    [
      'a message twice',
      { messages: [1, 2].map(() => sealedMessage('0430', ID, utf8('<a/>'))) },
      'messages[1].uuid',
    ],
  ])('refuses %s with the path', async (_, change, path) => {
    const bytes = utf8(JSON.stringify({ ...(await payload()), ...change }));
    expect(() => decodeSealedPayload(bytes)).toThrow(expect.objectContaining({ name: 'InputError', path }));
    expect(() => decodeSealedPayload(bytes)).not.toThrow(/Kanarienvogel/);
  });

  it('refuses two files of one name, also when only the case differs', async () => {
    const content = await payload();
    const double = [
      await sealedAttachment('a.png', 'image/png', utf8('1')),
      await sealedAttachment('A.PNG', 'image/png', utf8('2')),
    ];
    expect(() => encodeSealedPayload({ ...content, attachments: double })).toThrow(
      expect.objectContaining({ code: 'not-allowed', path: 'attachments[1].name' }),
    );
  });

  it('refuses what is too large before it is parsed', () => {
    expect(() => decodeSealedPayload(new Uint8Array(MAX_PAYLOAD_BYTES + 1))).toThrow(
      expect.objectContaining({ code: 'too-large' }),
    );
  });

  it('refuses deep nesting and broken bytes with an InputError', () => {
    const deep = utf8(
      `{"version":1,"submissionId":"${ID}","attachments":[],"messages":[],"application":{"a":${'['.repeat(1e6)}`,
    );
    expect(() => decodeSealedPayload(deep)).toThrow(InputError);
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.json().map(utf8)), (bytes) => {
        expect(() => decodeSealedPayload(bytes)).toThrow(InputError);
      }),
    );
  });
});
