import { expect, it, vi } from 'vitest';

it('guides the citizen in German and delivers the print', async () => {
  const said = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    await import('../../../../docs/guide/code/embed.js');
    const lines = said.mock.calls.flat();
    expect(lines).toContain('Bitte den Finger auf die Glasfläche legen.');
    expect(lines.at(-1)).toBe('416 × 560 px');
  } finally {
    said.mockRestore();
  }
});
