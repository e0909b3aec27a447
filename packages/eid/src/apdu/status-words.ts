/** How a command ended, in three classes. */
export type StatusOutcome = 'done' | 'warning' | 'refused';

/** What a status word says. */
export interface StatusMeaning {
  readonly outcome: StatusOutcome;
  /** English, for logs and integrators. */
  readonly meaning: string;
  /** Tries that are left, of 63Cx: 1 of a PIN is suspended, 0 blocked. */
  readonly triesLeft?: number;
}

/** Status words by number (ISO/IEC 7816-4, 5.6), as far as identity cards use them (TR-03110 part 3). */
export const STATUS_WORDS: Readonly<Record<number, StatusMeaning>> = {
  0x9000: { outcome: 'done', meaning: 'done' },
  0x6282: { outcome: 'warning', meaning: 'the file ended before the expected length' },
  0x6283: { outcome: 'warning', meaning: 'the selected file or PIN is deactivated' },
  0x6300: { outcome: 'refused', meaning: 'verification failed' },
  0x6700: { outcome: 'refused', meaning: 'wrong length' },
  0x6882: { outcome: 'refused', meaning: 'secure messaging is not supported' },
  0x6883: { outcome: 'refused', meaning: 'the last command of a chain was expected' },
  0x6982: { outcome: 'refused', meaning: 'security status not satisfied' },
  0x6983: { outcome: 'refused', meaning: 'authentication method blocked' },
  0x6984: { outcome: 'refused', meaning: 'reference data not usable' },
  0x6985: { outcome: 'refused', meaning: 'conditions of use not satisfied' },
  0x6986: { outcome: 'refused', meaning: 'no file is selected' },
  0x6987: { outcome: 'refused', meaning: 'secure messaging objects are missing' },
  0x6988: { outcome: 'refused', meaning: 'secure messaging objects are incorrect' },
  0x6a80: { outcome: 'refused', meaning: 'incorrect parameters in the data field' },
  0x6a81: { outcome: 'refused', meaning: 'function not supported' },
  0x6a82: { outcome: 'refused', meaning: 'file or application not found' },
  0x6a86: { outcome: 'refused', meaning: 'incorrect parameters P1 P2' },
  0x6a88: { outcome: 'refused', meaning: 'referenced data not found' },
  0x6b00: { outcome: 'refused', meaning: 'offset past the end of the file' },
  0x6d00: { outcome: 'refused', meaning: 'instruction not supported' },
  0x6e00: { outcome: 'refused', meaning: 'class not supported' },
  0x6f00: { outcome: 'refused', meaning: 'no precise diagnosis' },
};

/** What `sw` says; by its first byte where the word itself is not listed. */
export function statusMeaning(sw: number): StatusMeaning {
  const listed = STATUS_WORDS[sw];
  if (listed !== undefined) return listed;
  if ((sw & 0xfff0) === 0x63c0) {
    return { outcome: 'refused', meaning: 'verification failed, tries are left', triesLeft: sw & 0x0f };
  }
  if (sw >> 8 === 0x61) return { outcome: 'done', meaning: 'done, more data can be fetched' };
  if (sw >> 8 === 0x62 || sw >> 8 === 0x63) return { outcome: 'warning', meaning: 'done with a warning' };
  return { outcome: 'refused', meaning: 'refused' };
}
