import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readMessageHeader, readRueckweisung } from '../../src/xmeld/index.js';
import { withoutSchemas, XOEV_DATA } from './schema.js';

describe.skipIf(withoutSchemas)('official and generated messages', () => {
  const filesIn = (folder: string): readonly string[] =>
    withoutSchemas ? [] : readdirSync(join(XOEV_DATA, folder)).map((name) => join(XOEV_DATA, folder, name));

  it('have headers that are read, code lists named in whatever way', () => {
    const files = [...filesIn('messages/reference'), ...filesIn('messages/pairs')];
    const headers = files.map((file) => readMessageHeader(readFileSync(file)));
    expect(headers.length).toBe(8);
    for (const header of headers) {
      expect(header.root.local.endsWith(`.${header.type}`)).toBe(true);
      expect(header.version).toBe('25.11a');
    }
  });

  it.each(['min', 'max'])('0010 with the %s of its parts is read', (size) => {
    const file = join(XOEV_DATA, `generated/${size}/rueckweisung.asynchron.0010.xml`);
    const rejection = readRueckweisung(readFileSync(file));
    expect(rejection.reasons.length).toBe(size === 'max' ? 2 : 1);
    expect(rejection.cases.length).toBe(size === 'max' ? 1 : 0);
    expect(rejection.rejected?.type).toBe(size === 'max' ? '0430' : undefined);
  });
});
