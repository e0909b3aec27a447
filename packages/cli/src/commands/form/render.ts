import { randomInt } from 'node:crypto';
import { Command } from 'commander';
import { formFor, layoutForm, type AnyForm, type RenderOptions } from '@buergerkoffer/print/forms';
import { loadDejaVu } from '@buergerkoffer/print/fonts';
import type { Run } from '../../command.js';
import { forClerk } from '../../form/clerk-remedy.js';
import { LETTERHEAD, letterheadOf, textModulesOf } from '../../form/letterhead.js';
import { dayOf, onOption } from '../../form/on-option.js';
import { pictureOption, readPictures, withPlaceholders, type PictureFiles } from '../../form/pictures.js';
import { readJson } from '../../form/read-json.js';
import type { Output } from '../../output.js';

interface Options {
  readonly data: string;
  readonly out: string;
  readonly png?: string;
  readonly fillable?: true;
  readonly picture?: PictureFiles;
  readonly caseNumber?: string;
  readonly letterhead?: string;
  readonly textModules?: string;
  readonly watermark?: string;
  readonly attachment?: boolean;
  readonly on?: string;
}

/** What lies across a page on which a drawn picture stands for a person's. */
const PLACEHOLDER_WATERMARK = 'MUSTER';

const HELP = `
The file is tagged and archival, written to PDF/A-3a and PDF/UA-1; {} gives the blank form where there is one. The data are attached
as JSON, except in papers for third parties. A picture that the form shows and that was not given is drawn as a placeholder, and the
pages are marked ${PLACEHOLDER_WATERMARK}. The letterhead is {"authority", "unit"?, "lines": [], "dataProtection"}; text modules are
{"notice id": ["paragraph", ["point", "point"]]}. --png needs Debian's poppler-utils, or the npm packages pdfjs-dist and @napi-rs/canvas.

Example:
  $ koffer form sample pa-antrag | koffer form render pa-antrag --data - -o antrag.pdf`;

/** `koffer form render`: data into a PDF file. */
export function renderCommand(run: Run): Command {
  return new Command('render')
    .description('A form with data as an accessible archival PDF file')
    .argument('<id>', 'a form, see koffer form list')
    .requiredOption('--data <file>', 'its data as JSON, or - for standard input')
    .requiredOption('-o, --out <file>', 'the PDF file to write')
    .option('--png <file>', 'also a picture of the first page, for a quick look')
    .option('--fillable', 'values are fields that can be filled in')
    .option(
      '--picture <name=file>',
      'a JPEG or PNG picture that the form shows; again for each',
      pictureOption,
    )
    .option('--case-number <text>', 'letters, digits and hyphens; random unless given')
    .option('--letterhead <file>', 'the authority as JSON (default: an invented one)')
    .option('--text-modules <file>', "the municipality's own wording of notices as JSON")
    .option('--watermark <text>', 'faint word across every page, such as ENTWURF')
    .option('--attachment', 'attach the data also to a paper for third parties')
    .option('--no-attachment', 'attach no data')
    .addOption(onOption())
    .addHelpText('after', HELP)
    .action(
      run(async (output, id: string, options: Options) => {
        const form = formFor(id, dayOf(options.on));
        const data = await readJson(options.data, output.input);
        try {
          await render(output, form, data, options);
        } catch (error) {
          throw forClerk(error, form, data);
        }
      }),
    );
}

/** A picture of the first page; what renders it is loaded when it is asked for. */
async function pictureOf(pdf: Uint8Array): Promise<Uint8Array> {
  const { renderPage } = await import('@buergerkoffer/print/node');
  return renderPage(pdf);
}

async function render(output: Output, form: AnyForm, data: unknown, options: Options): Promise<void> {
  const { fillable = false, out, picture = {}, attachment } = options;
  const base: Omit<RenderOptions, 'assets'> = {
    fonts: await loadDejaVu(),
    letterhead: await letterheadOf(options.letterhead, output.input),
    caseNumber: options.caseNumber ?? randomCaseNumber(),
    now: options.on === undefined ? new Date() : new Date(`${dayOf(options.on)}T10:00:00Z`),
    fillable,
    ...(attachment === undefined ? {} : { attachData: attachment }),
    ...(options.textModules === undefined
      ? {}
      : { textModules: await textModulesOf(options.textModules, output.input) }),
  };
  const { rendered, placeholders, watermark } = await withPlaceholders(
    form,
    await readPictures(picture),
    async (assets, placeholders) => {
      const mark = options.watermark ?? (placeholders.length > 0 ? PLACEHOLDER_WATERMARK : undefined);
      const watermark = mark === undefined ? {} : { watermark: mark };
      return {
        rendered: await layoutForm(form, data, { ...base, ...watermark, assets }),
        placeholders,
        watermark,
      };
    },
  );
  const png = options.png === undefined ? undefined : await pictureOf(rendered.bytes);
  await output.save(out, rendered.bytes);
  if (options.png !== undefined && png !== undefined) await output.save(options.png, png);
  output.answer(
    {
      type: 'form-file',
      id: form.id,
      file: out,
      ...(options.png === undefined ? {} : { png: options.png }),
      bytes: rendered.bytes.length,
      pages: rendered.pageCount,
      fillable,
      caseNumber: base.caseNumber,
      validFrom: form.validFrom,
      placeholders,
      ...watermark,
    },
    [`${out}: ${form.title}, ${rendered.pageCount} ${rendered.pageCount === 1 ? 'page' : 'pages'}`],
  );
  if (options.letterhead === undefined)
    output.note(
      `The letterhead is that of an invented authority, ${LETTERHEAD.authority}.\n  → give --letterhead`,
    );
  if (placeholders.length > 0)
    output.note(
      `Drawn, not given: ${placeholders.join(', ')}.\n  → give --picture ${placeholders[0] ?? ''}=FILE`,
    );
}

const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A case number that nothing can be read from, in signs that are not mistaken for one another. */
function randomCaseNumber(): string {
  const four = (): string => Array.from({ length: 4 }, () => SIGNS[randomInt(SIGNS.length)]).join('');
  return `K-${four()}-${four()}`;
}
