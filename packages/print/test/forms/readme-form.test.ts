import { readFileSync } from 'node:fs';
import { findLayoutFaults, layoutForm, readForm, type SampleVariant } from '@buergerkoffer/print/forms';
import { loadDejaVu } from '@buergerkoffer/print/node';
import { describe, expect, it } from 'vitest';
import { options } from './cases.js';
import { hundesteuer } from './readme-form.js';

const fonts = await loadDejaVu();

describe('the form of the README', () => {
  it('stands there word for word', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const example = readFileSync(new URL('readme-form.ts', import.meta.url), 'utf8');
    expect(readme).toContain('```ts\n' + example + '```');
  });

  it.each<SampleVariant>(['empty', 'filled', 'longest', 'latin'])(
    'fits its pages, flat and fillable: %s',
    async (variant) => {
      for (const fillable of [false, true]) {
        const sample = hundesteuer.samples[variant]();
        const { boxes } = await layoutForm(hundesteuer, sample, options(fonts, { fillable }));
        expect(findLayoutFaults(boxes)).toEqual([]);
      }
    },
  );

  it('gives its data back', async () => {
    const data = hundesteuer.samples.filled();
    const { bytes } = await layoutForm(
      hundesteuer,
      data,
      options(fonts, { fillable: true, attachData: false }),
    );
    expect(await readForm(hundesteuer, bytes)).toMatchObject({ data, findings: [] });
  });

  it('says its own rule with the path and a remedy in German', () => {
    const dog = { name: 'Bello', bornOn: '2027-01-01' };
    const { error } = hundesteuer.schema.safeParse({ ...hundesteuer.samples.filled(), dogs: [dog] });
    expect(error?.issues[0]).toMatchObject({
      path: ['dogs', '0', 'bornOn'],
      params: { remedy: expect.stringContaining('Wurfdatum') },
    });
  });
});
