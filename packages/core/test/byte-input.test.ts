import { take } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { ByteInput, DeviceError, type End } from '@buergerkoffer/core';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const lost: End = { reason: 'lost', error: new DeviceError('lost', 'the line has gone') };

/** What one reader of `input` hears, as words. */
function heard(input: ByteInput): string[] {
  const words: string[] = [];
  input.stream.subscribe({
    next: (chunk) => words.push(new TextDecoder().decode(chunk)),
    error: (error: DeviceError) => words.push(`!${error.code}`),
    complete: () => words.push('.'),
  });
  return words;
}

describe('the input of a line', () => {
  it('keeps what comes before anybody reads, then hands on each chunk', () => {
    const input = new ByteInput();
    input.push(bytes('ab'));
    input.push(bytes('c'));
    const words = heard(input);
    input.push(bytes('d'));
    expect(words).toEqual(['abc', 'd']);
  });

  it('keeps what comes between two readers', () => {
    const input = new ByteInput();
    const first: Uint8Array[] = [];
    input.stream.pipe(take(1)).subscribe((chunk) => first.push(chunk));
    input.push(bytes('a'));
    input.push(bytes('b'));
    expect([first.length, ...heard(input)]).toEqual([1, 'b']);
  });

  it('keeps a copy: the buffer of what waits may be used again', () => {
    const input = new ByteInput();
    const buffer = bytes('a');
    input.push(buffer);
    buffer.fill(0);
    expect(heard(input)).toEqual(['a']);
  });

  it('is busy for a second reader and free when the first has left', () => {
    const input = new ByteInput();
    const first = input.stream.subscribe();
    expect(heard(input)).toEqual(['!busy']);
    first.unsubscribe();
    input.push(bytes('x'));
    expect(heard(input)).toEqual(['x']);
  });

  it('keeps 64 KiB to the last byte', () => {
    const input = new ByteInput();
    for (let i = 0; i < 64; i++) input.push(new Uint8Array(1024).fill(i));
    const chunks: Uint8Array[] = [];
    input.stream.subscribe((chunk) => chunks.push(chunk));
    expect(chunks.map((chunk) => [chunk.length, chunk[0], chunk.at(-1)])).toEqual([[65_536, 0, 63]]);
  });

  it('is a protocol error for good once more than 64 KiB came unread', () => {
    const input = new ByteInput();
    input.push(new Uint8Array(65_536));
    input.push(bytes('a'));
    expect(heard(input)).toEqual(['!protocol']);
    input.push(bytes('b'));
    expect(heard(input)).toEqual(['!protocol']);
  });

  it('has no limit while somebody reads', () => {
    const input = new ByteInput();
    let received = 0;
    input.stream.subscribe((chunk) => {
      received += chunk.length;
    });
    for (let i = 0; i < 8; i++) input.push(new Uint8Array(65_536));
    expect(received).toBe(524_288);
  });

  it('completes for reader and latecomer when it was closed, without what waited', () => {
    const input = new ByteInput();
    const words = heard(input);
    input.end({ reason: 'closed' });
    const unread = new ByteInput();
    unread.push(bytes('a'));
    unread.end({ reason: 'closed' });
    expect([words, heard(input), heard(unread)]).toEqual([['.'], ['.'], ['.']]);
  });

  it('gives the last bytes before the loss, also to whoever reads later', () => {
    const input = new ByteInput();
    input.push(bytes('last words'));
    input.end(lost);
    input.push(bytes('too late'));
    expect(heard(input)).toEqual(['last words', '!lost']);
    expect(heard(input)).toEqual(['!lost']);
  });

  it('tells the first end only', () => {
    const input = new ByteInput();
    input.end({ reason: 'closed' });
    input.end(lost);
    expect(heard(input)).toEqual(['.']);
  });
});
