import { InvalidArgumentError } from 'commander';
import { InputError } from '@buergerkoffer/formats';
import type { AnyForm, Assets } from '@buergerkoffer/print/forms';
import { readInput } from '../read-input.js';

/** Largest picture that is read, in bytes. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Files of pictures by the name under which the form shows them. */
export type PictureFiles = Readonly<Record<string, string>>;

/** `NAME=FILE` beside those given before. */
export function pictureOption(text: string, before: PictureFiles = {}): PictureFiles {
  const [, name = '', file = ''] = /^([a-z][a-zA-Z0-9-]*)=(.+)$/su.exec(text) ?? [];
  if (name === '') throw new InvalidArgumentError('give NAME=FILE, such as photo=lichtbild.jpg');
  return { ...before, [name]: file };
}

/** The pictures in files. */
export async function readPictures(files: PictureFiles): Promise<Assets> {
  const read = Object.entries(files).map(
    async ([name, file]) => [name, { bytes: await readInput(file, MAX_BYTES, undefined) }] as const,
  );
  return Object.fromEntries(await Promise.all(read));
}

/** What `render` gives; a picture that the form shows and nobody gave is drawn from the form's sample, which shows nobody. */
export async function withPlaceholders<R>(
  form: AnyForm,
  given: Assets,
  render: (assets: Assets, placeholders: readonly string[]) => Promise<R>,
): Promise<R> {
  const samples = (await form.samples.assets?.('filled')) ?? {};
  const attempt = async (placeholders: readonly string[]): Promise<R> => {
    const drawn = Object.entries(samples).filter(([name]) => placeholders.includes(name));
    try {
      return await render({ ...Object.fromEntries(drawn), ...given }, placeholders);
    } catch (error) {
      const name = missingPicture(error);
      if (name === undefined || !(name in samples) || placeholders.includes(name)) throw error;
      return attempt([...placeholders, name]);
    }
  };
  return attempt([]);
}

function missingPicture(error: unknown): string | undefined {
  if (!(error instanceof InputError) || error.code !== 'missing') return undefined;
  return /^assets\.(.+)$/u.exec(error.path ?? '')?.[1];
}
