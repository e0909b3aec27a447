import {
  CRITERIA,
  criterionTextDe,
  describeRefusal,
  refusalTextDe,
  type CriterionResult,
} from '@buergerkoffer/camera/photo';
import type { Output } from '../output.js';
import type { Judgement } from './judge-photo.js';
import { toldColours } from './told-colours.js';

/** Says what the criteria say about a photo: in JSON by their ids. A photo that fails is judged bad. */
export function tellJudgement(output: Output, file: string, judgement: Judgement): void {
  const { picture, frame, refusal, unknownColours, total, assessment } = judgement;
  const { criteria, algorithm, version, origin, thresholds } = assessment;
  const refused = refusal === undefined ? undefined : describeRefusal(refusal);
  const colours = toldColours(unknownColours);
  output.answer(
    {
      ...{ type: 'photo', operation: 'check', file, total, picture, origin },
      ...(frame === undefined ? {} : { frame }),
      ...(refusal === undefined ? {} : { refusal, ...refused, clerk: refusalTextDe(refusal) }),
      ...colours.json,
      criteria: Object.fromEntries(
        criteria.map(({ id, isMandatory, ...result }) => [
          id,
          {
            ...result,
            mandatory: isMandatory,
            ...(result.verdict === 'nok' ? { clerk: criterionTextDe(id) } : {}),
          },
        ]),
      ),
      ...{ algorithm, version, thresholds },
    },
    [
      `${file}: ${total}, judged on ${picture === 'crop' ? 'the picture to be cut out' : 'the file as it is'}`,
      ...(refused === undefined ? [] : [`  ! ${refused.message}`, `    → ${refused.remedy}`]),
      ...colours.lines,
      ...criteria.map(lineOf),
    ],
  );
  if (total === 'nok') output.judgeBad();
}

const NAMES = new Map(CRITERIA.map(({ id, name }) => [id, name]));

function lineOf(result: CriterionResult): string {
  const { id, unit, isMandatory } = result;
  const what = `${id} ${NAMES.get(id) ?? ''}${isMandatory ? '' : ' (optional)'}`;
  if (result.verdict === 'not-assessed')
    return `  -   ${what}: not assessed, needs ${result.needs.join(', ')}`;
  const { value, threshold, verdict } = result;
  const { tmin, tmax, max } = threshold;
  const range = tmin === tmax ? `${tmin}` : tmax === max ? `${tmin} or more` : `${tmin} to ${tmax}`;
  return `  ${verdict === 'ok' ? 'ok ' : 'NOK'} ${what}: ${Math.round(value * 1000) / 1000} ${unit} (${range})`;
}
