import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type {
  CommandName,
  DecidingOperator,
  EnrolmentCommand,
  MissingFinger,
} from '@buergerkoffer/fingerprint/enrolment';

/** What a person can answer: a letter, what it does, and its command. */
interface Answer {
  readonly key: string;
  readonly text: string;
  readonly command: EnrolmentCommand;
}

const ANSWERS: readonly Answer[] = [
  { key: '', text: 'Eingabetaste: weiter', command: { command: 'Continue' } },
  { key: 'w', text: 'w: wiederholen', command: { command: 'Discard' } },
  { key: 'n', text: 'n: nicht nehmen', command: { command: 'Continue', veto: { type: 'NOK' } } },
  {
    key: 't',
    text: 't: trotzdem nehmen',
    command: { command: 'Continue', veto: { type: 'OK', obvious: false } },
  },
  {
    key: 'g',
    text: 'g: trotzdem nehmen, aus offensichtlichem Grund',
    command: { command: 'Continue', veto: { type: 'OK', obvious: true } },
  },
  { key: 'e', text: 'e: Finger einzeln', command: { command: 'UseSingleFingerAcquisitionFallback' } },
  { key: 'v', text: 'v: alles von vorn', command: { command: 'DiscardAll' } },
  { key: 'a', text: 'a: abbrechen', command: { command: 'Cancel' } },
];

/** Asks the person at `input` at every decision, in German, by `ask`. Where the input ends, the enrolment is cancelled. */
export function askingOperator(
  input: Readable,
  missing: readonly MissingFinger[],
  ask: (line: string) => void,
): { readonly operator: DecidingOperator; readonly close: () => void } {
  const reader = createInterface({ input });
  const lines = reader[Symbol.asyncIterator]();
  const answered = async (allowed: readonly CommandName[]): Promise<EnrolmentCommand> => {
    const answers = ANSWERS.filter(({ command }) => allowed.includes(command.command));
    for (;;) {
      ask(`  ${answers.map(({ text }) => text).join(', ')}`);
      const line = await lines.next();
      if (line.done === true) return { command: 'Cancel' };
      const given = answers.find(({ key }) => key === line.value.trim().toLowerCase());
      if (given !== undefined) return given.command;
    }
  };
  let commands: readonly CommandName[] = [];
  return {
    operator: (event) => {
      if (event.type === 'LiveStatus' && event.status === 'SelectMissingFingers') {
        return { command: 'SelectMissingFingers', missing };
      }
      if (event.type === 'OperatorDecision') ({ commands } = event);
      // A veto that overrules nothing is refused: the person is asked again.
      const isAsked = event.type === 'OperatorDecision' || event.type === 'CommandRefused';
      return isAsked ? answered(commands) : undefined;
    },
    close: () => {
      reader.close();
    },
  };
}
