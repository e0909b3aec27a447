/** A card as it answers: its ATR, and a response including SW1 SW2 for each command. */
export interface VirtualCard {
  readonly atr: Uint8Array;
  /** One command at a time; the bytes are the card's own. */
  transmit(command: Uint8Array): Promise<Uint8Array>;
}
