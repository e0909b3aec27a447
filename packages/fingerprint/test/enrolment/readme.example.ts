import { lastValueFrom, tap } from 'rxjs';
import { acceptingOperator, enrolFingers, enrolmentText } from '@buergerkoffer/fingerprint/enrolment';
import { simulatedFingerprintScanner } from '@buergerkoffer/fingerprint/simulator';

const scanner = await simulatedFingerprintScanner({ simultaneousFingers: 2, seed: 7 }).open();
// At a counter a person decides: `operator` is then an Observable of what the clerk clicks.
const operator = acceptingOperator([{ finger: 'left-index', reason: 'bandaged' }]);
const end = await lastValueFrom(
  enrolFingers(scanner, { ageYears: 81, operator, log: { location: '123456' } }).pipe(
    tap((event) => {
      if (event.type !== 'LiveStatus') for (const line of enrolmentText(event)) console.log(line);
    }),
  ),
);
if (end.type === 'Result') {
  for (const { finger, quality, template } of end.prints) {
    console.log(finger, quality.value, quality.decidedBy.algorithm, `${template.length} bytes for the chip`);
  }
}
await scanner.close();
