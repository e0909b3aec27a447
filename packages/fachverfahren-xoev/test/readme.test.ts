import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readMessageHeader } from '../src/xmeld/index.js';
import { PRINTED_XHD } from '../src/xhd/index.js';
import { askForMeldebescheinigung } from './messages/readme.example.js';
import { FROM_PORTAL } from './messages/samples.js';
import { handOver } from './readme.example.js';
import { application } from './xhd/application.js';
import { orderCard } from './xhd/readme.example.js';
import { DETAILS, HEAD } from './xhd/samples.js';
import { double, cleanUp, seal } from './node/fixtures.js';
import { SAMPLE } from './xmeld/samples.js';

it('runs the example of the README, which is the file that runs here', { timeout: 20_000 }, async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const example = readFileSync(new URL('./readme.example.ts', import.meta.url), 'utf8');
  expect(/```ts\n([\s\S]*?)```/.exec(readme)?.[1]).toBe(example);
  const { url } = await double({ fault: { name: 'reject' } });
  try {
    expect(await handOver(url, SAMPLE, { schemaVersion: 1 }, seal)).toEqual([
      'Die Nachricht wurde aus einem fachlichen Grund abgewiesen.',
    ]);
  } finally {
    await cleanUp();
  }
});

it.each(['messages', 'xhd'])('shows the example of %s that runs', (folder) => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const example = readFileSync(new URL(`./${folder}/readme.example.ts`, import.meta.url), 'utf8');
  expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``);
});

it('asks for a Meldebescheinigung and orders a card as the README does', () => {
  const { holder } = application({
    address: {
      kind: 'germany',
      street: 'Heidestraße',
      houseNumber: '17',
      postalCode: '60000',
      city: 'S Stadt',
      ags: '09000009',
    },
  });
  expect(readMessageHeader(askForMeldebescheinigung(FROM_PORTAL, holder)).type).toBe('1700');
  const { Version_XhD: _, ...head } = HEAD;
  const { message } = PRINTED_XHD.decode(orderCard(application(), DETAILS, head));
  expect(message.nachricht).toBe('BestellungDokument');
});
