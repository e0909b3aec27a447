import { lastValueFrom, tap } from 'rxjs';
import { DeviceError } from '@buergerkoffer/core';
import { FINGER_TITLE, FINGERPRINT_SCANNER } from '@buergerkoffer/fingerprint';
import {
  enrolFingers,
  enrolmentText,
  FAILED_QUALITY,
  type DecidingOperator,
  type EnrolledPrint,
  type EnrolmentEvent,
  type EnrolmentState,
} from '@buergerkoffer/fingerprint/enrolment';
import { ageOn, berlinDate, encodePng, germanTextOf, parseLocalDate } from '@buergerkoffer/formats';
import { notAssessed, stored } from './artefacts.js';
import { PATIENCE_MS, useDevice } from './use-device.js';
import { stateOf, write, type Visit } from './visit.js';

/** How often one finger is waited for. */
const WAITS = 3;

/** Both index fingers, enrolled by TR-03121. Of what a crash left written nothing is written again. */
export async function takeFingers(visit: Visit): Promise<void> {
  const isWritten = (finger: string): boolean =>
    stateOf(visit).captured.some(({ position }) => position === finger);
  if (!['right-index', 'left-index'].every(isWritten)) {
    for (const print of await enrolled(visit)) if (!isWritten(print.finger)) await writeFinger(visit, print);
  }
  await write(visit, { type: 'fingers-decided', outcome: 'two', missing: [] });
}

/** A scanner that fails is tried again, and the enrolment goes on where it was. */
async function enrolled(visit: Visit): Promise<readonly EnrolledPrint[]> {
  const { config, household } = visit;
  const ageYears = ageOn(parseLocalDate(household.told.birthDate), berlinDate(new Date()));
  let left: EnrolmentState | undefined;
  return useDevice(visit, FINGERPRINT_SCANNER, 'Finger aufnehmen', async (scanner) => {
    const enrolment = enrolFingers(scanner, {
      ...{ ageYears, operator: clerk(visit), missing: [], patienceMs: PATIENCE_MS, previews: false },
      log: { location: config.behoerdenkennzahl },
      ...(left === undefined ? {} : { resume: left }),
    });
    const last = await lastValueFrom(
      enrolment.pipe(
        tap((event) => {
          if (event.type === 'Interrupted') left = event.state;
          tellEvent(visit, event);
        }),
      ),
      { defaultValue: undefined },
    );
    if (last?.type !== 'Result') throw new DeviceError('protocol', 'the enrolment ended without a result');
    return last.prints;
  });
}

/** The clerk of the demo takes what there is: an insufficient print by veto. Who does not come is waited for again. */
function clerk(visit: Visit): DecidingOperator {
  let waits = 0;
  return (event) => {
    if (event.type !== 'OperatorDecision') return undefined;
    if (event.best.length > 0) {
      return { command: 'Continue', ...(event.sufficient ? {} : { veto: { type: 'OK', obvious: false } }) };
    }
    const error = new DeviceError('timeout', 'no finger within the time allowed');
    waits += 1;
    if (waits === WAITS) throw error;
    visit.survived.push(error.toJSON());
    const { message, remedy } = germanTextOf(error);
    visit.tell({ type: 'attention', text: `${FINGERPRINT_SCANNER.title}: ${message} ${remedy}` });
    return { command: 'Discard' };
  };
}

function tellEvent(visit: Visit, event: EnrolmentEvent): void {
  switch (event.type) {
    case 'Retry':
      for (const text of enrolmentText(event)) visit.tell({ type: 'attention', text });
      return;
    case 'LiveStatus':
    case 'ExpectedFingers':
    case 'IntermediateFingerFeedback':
      for (const text of enrolmentText(event)) visit.tell({ type: 'note', text });
      return;
    default:
  }
}

async function writeFinger(visit: Visit, print: EnrolledPrint): Promise<void> {
  const { finger, image, attempts, quality } = print;
  const png = await encodePng(image);
  await write(
    visit,
    {
      type: 'finger-captured',
      finger: {
        position: finger,
        image: {
          kind: 'finger',
          ...stored('image/png', png),
          widthPx: image.width,
          heightPx: image.height,
          resolutionPpi: image.resolutionPpi,
          quality: qualityOf(print),
        },
        attempts,
      },
    },
    [png],
  );
  const { algorithm, version } = quality.decidedBy;
  const size = `${image.width} × ${image.height} px`;
  visit.tell({
    type: 'done',
    text: `Aufgenommen: ${FINGER_TITLE[finger]} (${size}, Qualität ${quality.value}, ${algorithm} ${version})`,
  });
}

function qualityOf({ quality, threshold, sufficient }: EnrolledPrint) {
  const { value, decidedBy } = quality;
  if (value === FAILED_QUALITY) return notAssessed('die Qualität ließ sich nicht bestimmen');
  const { algorithm, version } = decidedBy;
  const verdict = sufficient ? ('good' as const) : ('poor' as const);
  return { assessment: 'assessed' as const, algorithm, version, value, threshold, verdict };
}
