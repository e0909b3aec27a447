import { NEVER } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { DeviceError, DeviceLife } from '@buergerkoffer/core';

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('DeviceLife', () => {
  it('releases the hardware once, also when it is closed from within its own ending', async () => {
    const release = vi.fn(() => Promise.resolve());
    const life = new DeviceLife(release);
    let inner: Promise<void> | undefined;
    life.gate
      .stream('capture', () => NEVER)
      .subscribe({
        error: () => {
          inner = life.close();
        },
      });
    await settle();
    const outer = life.close();
    await Promise.all([outer, inner]);
    expect(inner).toBe(outer);
    expect(release).toHaveBeenCalledOnce();
  });

  it('is closed after a loss without a second release', async () => {
    const release = vi.fn(() => Promise.reject(new Error('no hardware')));
    const life = new DeviceLife(release);
    life.lose();
    life.lose();
    await expect(life.close()).resolves.toBeUndefined();
    expect(await life.ended).toMatchObject({ reason: 'lost' });
    expect(release).toHaveBeenCalledOnce();
  });

  it('ends what runs before lose() returns', async () => {
    const life = new DeviceLife();
    const errors: unknown[] = [];
    life.gate.stream('capture', () => NEVER).subscribe({ error: (error: unknown) => errors.push(error) });
    await settle();
    life.lose(new DeviceError('lost', 'cable'));
    expect(errors).toMatchObject([{ code: 'lost', message: 'cable' }]);
    expect(life.over).toMatchObject({ code: 'lost' });
  });

  it('rejects close() when the release fails, and has ended all the same', async () => {
    const life = new DeviceLife(() => Promise.reject(new Error('stuck')));
    await expect(life.close()).rejects.toThrow('stuck');
    expect(await life.ended).toEqual({ reason: 'closed' });
  });
});
