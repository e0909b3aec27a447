import { paAntrag, renderForm, type Assets } from '@buergerkoffer/print/forms';
import { loadDejaVu } from '@buergerkoffer/print/node';

/** The application of an invented person; `assets` are pictures: `photo` and `signature`, each `{ bytes }`. */
export async function application(assets: Assets): Promise<Uint8Array> {
  const fonts = await loadDejaVu(); // once per process: parsing fonts is most of the cost of a form
  return renderForm(paAntrag, paAntrag.samples.filled(), {
    fonts,
    letterhead: {
      authority: 'Stadt Musterstadt',
      unit: 'Bürgeramt',
      lines: ['Rathausplatz 1', '12345 Musterstadt'],
      dataProtection: 'datenschutz@musterstadt.example',
    },
    caseNumber: 'K-7Q4M-2X9D',
    now: new Date(),
    watermark: 'ENTWURF', // optional
    fillable: true, // optional: values are fields that can be changed at a screen
    assets,
  });
}
