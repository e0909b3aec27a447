/**
 * What a subsystem for presentation attack detection says of one finger (TR-03121-3 Vol. 2 v6.0, 5.5.2). It warns
 * the operator and nobody else: neither value nor alarm is ever shown to the person whose finger it is.
 */
export interface PadResult {
  /**
   * 0 (bona fide) to 1 (presentation attack), in ten steps or more. Version 5.2.1 of the guideline counts the other
   * way round: a driver of such a subsystem turns its values.
   */
  readonly value: number;
  /** From this value on it is an alarm, above 0 to 1. */
  readonly threshold: number;
}

/** Whether it is an alarm. */
export function isPadAlarm(pad: PadResult | 'not-performed'): boolean {
  return pad !== 'not-performed' && pad.value >= pad.threshold;
}
