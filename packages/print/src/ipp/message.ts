import type { GroupName, OutOfBand, StringSyntax } from './tags.js';

/** A point in time as IPP writes it (RFC 2579, DateAndTime): local time with its distance from UTC. */
export interface IppDateTime {
  readonly year: number;
  /** 1 to 12; printers without a clock send 0. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  /** 0 to 60. */
  readonly second: number;
  readonly deciSecond: number;
  readonly utcSign: '+' | '-';
  readonly utcHours: number;
  readonly utcMinutes: number;
}

/** One value, told apart by its syntax (RFC 8011, 5.1). */
export type IppValue =
  | { readonly syntax: 'integer' | 'enum'; readonly value: number }
  | { readonly syntax: 'boolean'; readonly value: boolean }
  | { readonly syntax: StringSyntax; readonly value: string }
  | {
      readonly syntax: 'textWithLanguage' | 'nameWithLanguage';
      readonly language: string;
      readonly value: string;
    }
  | { readonly syntax: 'octetString'; readonly value: Uint8Array }
  | { readonly syntax: 'dateTime'; readonly value: IppDateTime }
  | {
      readonly syntax: 'resolution';
      readonly crossFeed: number;
      readonly feed: number;
      readonly unit: 'dpi' | 'dpcm';
    }
  | { readonly syntax: 'rangeOfInteger'; readonly low: number; readonly high: number }
  | { readonly syntax: 'collection'; readonly members: readonly IppAttribute[] }
  /** There is no value, and why. */
  | { readonly syntax: OutOfBand }
  /** A syntax that is not known here, or octets that their syntax does not have (text that is no UTF-8, an integer of three bytes): kept as it came. */
  | { readonly syntax: 'other'; readonly tag: number; readonly octets: Uint8Array };

/** An attribute, or a member of a collection, with all of its values. */
export interface IppAttribute {
  readonly name: string;
  readonly values: readonly IppValue[];
}

/** Attributes under one delimiter; one answer may have several of a kind, such as a `job` each. */
export interface IppGroup {
  /** Its name, or the number of a delimiter that is not known here. */
  readonly group: GroupName | number;
  readonly attributes: readonly IppAttribute[];
}

/** A request or an answer (RFC 8010, 3.1). */
export interface IppMessage {
  readonly version: { readonly major: number; readonly minor: number };
  /** The operation of a request, the status of an answer. */
  readonly code: number;
  readonly requestId: number;
  readonly groups: readonly IppGroup[];
  /** What follows the attributes: the document of a request. */
  readonly data: Uint8Array;
}
