import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { programFor } from '../../src/program.js';

const ROOT = new URL('../../../../', import.meta.url);

function read(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8');
}

function under(folder: string, ending: string): readonly string[] {
  return readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending) && !name.startsWith('api'))
    .map((name) => `${folder}${name}`);
}

/** The code blocks of a page in one language. */
function blocks(page: string, language: string): readonly string[] {
  return [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)].flatMap(([, tag, code = '']) =>
    tag === language ? [code] : [],
  );
}

/** The arguments of every `koffer` command in a page, without what the shell would take. */
function commands(page: string): readonly string[] {
  return blocks(page, 'sh')
    .flatMap((block) => block.split('\n'))
    .flatMap((line) => /(?:^|\s)koffer( [^#|>&;]*)?/.exec(line.replace(/^\$ /, ''))?.[1]?.trim() ?? []);
}

/** The words of a command, what stands in quotation marks as one. */
function wordsOf(command: string): readonly string[] {
  return [...command.matchAll(/'([^']*)'|\S+/g)].map(([word, quoted]) => quoted ?? word);
}

const PAGES = ['README.md', ...under('docs/', '.md'), 'packages/cli/README.md'];

describe('every koffer command in the documentation', () => {
  const all = PAGES.flatMap((page) => commands(read(page)).map((command) => [page, command] as const));

  it('is found', () => {
    expect(all.length).toBeGreaterThan(10);
  });

  it.each(all)('%s: koffer %s', async (_, command) => {
    const ran: unknown[] = [];
    const words = wordsOf(command);
    const program = await programFor(
      words,
      () => () => {
        ran.push(command);
        return Promise.resolve();
      },
      () => undefined,
    );
    await program.parseAsync([...words], { from: 'user' });
    expect(ran).toEqual([command]);
  });
});

describe('the code of the guides', () => {
  const sources = under('docs/guide/code/', '.ts').map(read);

  it.each(['README.md', ...under('docs/guide/', '.md')])('%s quotes only code that a test runs', (page) => {
    for (const block of blocks(read(page), 'ts')) {
      expect(sources.some((source) => source.includes(block.trim()))).toBe(true);
    }
  });
});

describe('links of the documentation', () => {
  const links = PAGES.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = '']) => [page, link] as const),
  );

  it.each(links)('%s leads to %s', (page, link) => {
    expect(existsSync(new URL(link, new URL(page, ROOT)))).toBe(true);
  });
});
