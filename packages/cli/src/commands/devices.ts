import { Command } from 'commander';
import { Subscription, type Observable } from 'rxjs';
import { attachedTo, changesBetween, entriesOf, type Attached, type Entry } from '../attached.js';
import type { Run } from '../command.js';
import { interrupted } from '../interrupted.js';
import type { Output } from '../output.js';
import { suitcase } from '../suitcase.js';

interface Options {
  readonly simulated?: true;
  readonly watch?: true;
}

const EXAMPLES = `
Examples:
  $ koffer devices --simulated --json
  $ koffer devices --watch`;

/** `koffer devices`: what is attached, which driver has it, who uses it. */
export function devicesCommand(run: Run): Command {
  return new Command('devices')
    .description('List the devices and ports of this computer')
    .option('--simulated', 'add the seven simulators')
    .option('--watch', 'go on and tell what appears, changes and disappears, until interrupted')
    .addHelpText('after', EXAMPLES)
    .action(
      run(async (output, { simulated, watch }: Options) => {
        const attached = attachedTo(suitcase({ simulated: simulated === true }));
        await tellAttached(output, attached, watch === true ? interrupted(output.stop) : undefined);
      }),
    );
}

/** Tells the first list; then, while `until` is not aborted, every change. Without `until` the first list is all. */
export function tellAttached(
  output: Output,
  attached: Observable<Attached>,
  until: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const watching = new Subscription();
    const end = (): void => {
      watching.unsubscribe();
      resolve();
    };
    let last: readonly Entry[] | undefined;
    const tell = (now: Attached): void => {
      const entries = entriesOf(now);
      if (last === undefined) tellFirst(output, entries);
      else tellChanges(output, last, entries);
      last = entries;
      if (until === undefined) end();
    };
    until?.addEventListener('abort', end, { once: true });
    watching.add(attached.subscribe({ next: tell, error: reject, complete: end }));
    if (until?.aborted === true) end();
  });
}

function tellFirst(output: Output, entries: readonly Entry[]): void {
  for (const { record, line } of entries) output.answer(record, [line]);
  if (entries.length === 0) output.note('nothing is attached; `koffer doctor` says what is missing');
}

function tellChanges(output: Output, before: readonly Entry[], after: readonly Entry[]): void {
  for (const { change, entry } of changesBetween(before, after)) {
    output.answer({ change, ...entry.record }, [`${SIGN[change]} ${entry.line}`]);
  }
}

const SIGN = { appeared: '+', changed: '~', disappeared: '-' } as const;
