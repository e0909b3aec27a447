import { describeColours, unknownColoursTextDe, type UnknownColours } from '@buergerkoffer/camera/photo';

/** What is told of colours that were not converted to sRGB: fields of the JSON, and lines; nothing of those that are known. */
export function toldColours(unknown: UnknownColours | undefined): {
  readonly json: object;
  readonly lines: readonly string[];
} {
  if (unknown === undefined) return { json: {}, lines: [] };
  const { message, remedy } = describeColours(unknown);
  const { profile, reason } = unknown;
  return {
    json: { colours: { profile, reason, message, remedy, clerk: unknownColoursTextDe() } },
    lines: [`  ! ${message}`, `    → ${remedy}`],
  };
}
