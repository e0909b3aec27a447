import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CaseLog } from '@buergerkoffer/vault';
import { nodeCrypto } from '@buergerkoffer/vault/node';
import { MemoryDisk } from './support/memory-disk.js';

interface Recording {
  readonly caseId: string;
  readonly key: string;
  readonly log: string;
}

const PATH = '/cases/recorded.case';

function recording(name: string): Recording {
  return JSON.parse(readFileSync(new URL(`./recordings/${name}.json`, import.meta.url), 'utf8')) as Recording;
}

describe('a case log of an earlier release', () => {
  it.each(['case-log-v1'])('%s is read, and written on', async (name) => {
    const { caseId, key, log } = recording(name);
    const disk = new MemoryDisk();
    const fs = disk.start();
    await fs.makeFolder('/cases');
    await (await fs.open(PATH, 'create')).close();
    disk.put(PATH, Buffer.from(log, 'base64'));
    const context = () => ({
      fs,
      crypto: nodeCrypto,
      path: PATH,
      caseId,
      key: Uint8Array.from(Buffer.from(key, 'hex')),
    });
    const events: string[] = [];
    const open = await CaseLog.open(context(), (json) => events.push(json));
    expect(events).toEqual(['{"number":1,"type":"step"}', '{"number":2,"type":"step"}']);
    const sha256 = Buffer.from(nodeCrypto.sha256(Uint8Array.of(1, 2, 3))).toString('hex');
    expect(await open.attachment(sha256)).toEqual(Uint8Array.of(1, 2, 3));
    await open.append({ json: '{"number":3,"type":"step"}', attachments: [] });
    await open.close();
    const again: string[] = [];
    await CaseLog.open(context(), (json) => again.push(json));
    expect(again).toHaveLength(3);
  });

  it('is refused, not guessed at, when it is of a later version', async () => {
    const { caseId, key, log } = recording('case-log-v1');
    const disk = new MemoryDisk();
    const fs = disk.start();
    await fs.makeFolder('/cases');
    await (await fs.open(PATH, 'create')).close();
    const later = Uint8Array.from(Buffer.from(log, 'base64'));
    later[7] = 2;
    disk.put(PATH, later);
    const context = {
      fs,
      crypto: nodeCrypto,
      path: PATH,
      caseId,
      key: Uint8Array.from(Buffer.from(key, 'hex')),
    };
    await expect(CaseLog.open(context, () => undefined)).rejects.toMatchObject({
      code: 'corrupt',
      offset: 0,
    });
  });
});
