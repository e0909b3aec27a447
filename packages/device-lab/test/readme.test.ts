import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';

const text = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it.each(['./readme.example.ts', './readme-device.example.ts', './readme-camera.example.ts'])(
  'shows %s in the README',
  (example) => {
    expect(text('../README.md')).toContain(`\`\`\`ts\n${text(example)}\`\`\``);
  },
);

it('runs the example of the README', { timeout: 30_000 }, async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await import('./readme.example.js');
  expect(log.mock.calls[0]).toMatchObject([
    { reason: 'lost', error: { code: 'lost', message: 'Horn was unplugged' } },
  ]);
  log.mockRestore();
});

it('runs the device of the README', { timeout: 30_000 }, async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await import('./readme-device.example.js');
  const data = new TextEncoder().encode('Guten Tag');
  expect(log.mock.calls).toEqual([[{ status: 'ok', data }]]);
  log.mockRestore();
});

it('runs the camera of the README', { timeout: 30_000 }, async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await import('./readme-camera.example.js');
  expect(log.mock.calls).toEqual([[expect.stringMatching(/^gphoto2 --port ptpip:127\.0\.0\.1:\d+:\d+ /u)]]);
  log.mockRestore();
});
