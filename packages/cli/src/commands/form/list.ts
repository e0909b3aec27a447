import { Command } from 'commander';
import { fieldsOf, FORMS, formsInForce, kindsOf, type AnyForm } from '@buergerkoffer/print/forms';
import type { Run } from '../../command.js';
import { dayOf, onOption } from '../../form/on-option.js';

interface Options {
  readonly on?: string;
  readonly all?: true;
}

const HELP = `
Each form is told with what law wants of it, who holds the paper, whether it can be printed blank, its kinds (the values of its
field "art"), and with --json every field by path and label.

Example:
  $ koffer form list --on 2025-02-16 --json`;

/** `koffer form list`: the forms that are right on a day. */
export function listCommand(run: Run): Command {
  return new Command('list')
    .description('The forms that are in force on a day')
    .addOption(onOption())
    .option('--all', 'every version, also those that are no longer in force')
    .addHelpText('after', HELP)
    .action(
      run((output, options: Options) => {
        for (const form of options.all === true ? FORMS : formsInForce(dayOf(options.on)))
          output.answer(recordOf(form), [lineOf(form)]);
        return Promise.resolve();
      }),
    );
}

function recordOf(form: AnyForm): object {
  const { id, title, legalBasis, validFrom, validTo, audience, blank, retention } = form;
  return {
    type: 'form',
    id,
    title,
    legalBasis,
    validFrom,
    ...(validTo === undefined ? {} : { validTo }),
    audience,
    blank,
    retention,
    kinds: kindsOf(form),
    notices: form.notices.map((notice) => ({ id: notice.id, legalBasis: notice.legalBasis })),
    signatureLines: form.signatureLines.map((line) => line.label),
    fields: fieldsOf(form),
  };
}

function lineOf({ id, title, legalBasis, validFrom, validTo }: AnyForm): string {
  return `${id.padEnd(26)}${title} (${legalBasis}); ${validTo === undefined ? `since ${validFrom}` : `${validFrom} to ${validTo}`}`;
}
