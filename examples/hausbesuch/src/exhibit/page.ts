import type { SubmissionState } from '@buergerkoffer/fachverfahren-xoev';
import type { DocumentApplication, FingerArtefact } from '@buergerkoffer/procedures/model';
import type { AuditVerdict } from '@buergerkoffer/vault';
import type { DemoResult } from '../progress.js';
import { photoQualityDe } from '../visit/photo-quality.js';
import { fees, germanDay, person } from './facts.js';
import { html, type Html } from './html.js';
import { STYLE } from './style.js';
import type { Moment } from './timeline.js';

/** What the page shows. */
export interface PageInput {
  readonly result: DemoResult;
  /** Paths of the exhibit's files, relative to the page. */
  readonly files: readonly string[];
  readonly timeline: readonly Moment[];
  readonly audit: AuditVerdict;
  readonly application?: DocumentApplication;
  readonly receipt?: SubmissionState;
}

/** The exhibit as one page without scripts: the case as a timeline, with the pictures the Fachverfahren received. */
export function page(input: PageInput): string {
  const { application, result } = input;
  return html`<!doctype html>
    <html lang="de">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Hausbesuch: was das Fachverfahren erhalten hat</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <main>
          <h1>Ein Hausbesuch mit dem Bürgerkoffer</h1>
          <p class="lead">
            Vorführung mit simulierten Geräten und einer erfundenen Person.
            ${application === undefined ? 'Was das Fachverfahren erhalten hat, liegt dort; hier steht der Verlauf.' : 'Zu sehen ist, was das Fachverfahren erhalten hat.'}
            Im Koffer selbst ist der Fall gelöscht.
          </p>
          ${summary(input)} ${application === undefined ? undefined : pictures(application, input.files)}
          ${timeline(input)}
          ${application === undefined ? undefined : [person(application), fees(application)]}
          ${documents(input)}
          <footer>
            Geprüft werden kann das Protokoll mit
            <code>koffer audit verify audit.jsonl --key audit-key.txt</code>. Nichts an dieser Vorführung ist
            eine amtliche Leistung oder eine zertifizierte Prüfung. Dauer
            ${(result.durationMs / 1000).toFixed(1)} s.
          </footer>
        </main>
      </body>
    </html> `.text;
}

function summary({ result, receipt, audit, application }: PageInput): Html {
  const accepted = result.outcome === 'delivered';
  const decided = receipt === undefined || receipt.state === 'received' ? undefined : receipt;
  return html`<section class="card">
    <p>
      <span class="verdict ${accepted ? 'good' : 'bad'}"
        >${accepted ? 'Vom Fachverfahren angenommen' : 'Vom Fachverfahren abgewiesen'}</span
      >
    </p>
    <dl class="facts">
      <div>
        <dt>Fall</dt>
        <dd><code>${result.caseId}</code></dd>
      </div>
      <div>
        <dt>Übermittlung</dt>
        <dd><code>${result.submissionId}</code></dd>
      </div>
      ${
        decided?.state === 'accepted'
          ? html`<div>
              <dt>Zeichen des Fachverfahrens</dt>
              <dd>${decided.reference}</dd>
            </div>`
          : undefined
      }
      ${
        decided?.state === 'rejected'
          ? html`<div>
              <dt>Grund</dt>
              <dd>${decided.reason.messageDe}</dd>
            </div>`
          : undefined
      }
      ${
        application === undefined
          ? undefined
          : html`<div>
                <dt>Antrag vom</dt>
                <dd>${germanDay(application.appliedOn)}</dd>
              </div>
              <div>
                <dt>Ausweis gültig bis</dt>
                <dd>${germanDay(application.document.validTo)}</dd>
              </div>`
      }
      <div>
        <dt>Protokoll</dt>
        <dd>
          ${audit.verified ? 'vollständig, unverändert, vom Koffer unterschrieben' : 'nicht bestätigt'}
          (${audit.entries} Einträge)
        </dd>
      </div>
      <div>
        <dt>Überstandene Störungen</dt>
        <dd>
          ${result.survived.length === 0 ? 'keine' : result.survived.map(({ code }) => code).join(', ')}
        </dd>
      </div>
    </dl>
  </section>`;
}

function pictures(application: DocumentApplication, files: readonly string[]): Html {
  const photo = files.find((file) => file.startsWith('images/lichtbild.'));
  return html`<h2>Aufnahmen</h2>
    <div class="pictures">
      ${photo === undefined ? undefined : figure('portrait', photo, 'Lichtbild', `Lichtbild, ${sizeOf(application.photo.image)}, ${photoQualityDe(application.photo.image.quality)}`)}
      ${application.fingers.captured.map(({ position, image }) =>
        figure(
          'finger',
          `images/finger-${position}.png`,
          FINGER[position] ?? position,
          `${FINGER[position] ?? position}, ${sizeOf(image)}, ${qualityOf(image)}`,
        ),
      )}
      ${application.signature.outcome === 'captured' ? figure('wide', 'images/unterschrift.png', 'Unterschrift', `Unterschrift, ${sizeOf(application.signature.image)}`) : undefined}
    </div>`;
}

const FINGER: Readonly<Record<string, string>> = {
  'right-index': 'rechter Zeigefinger',
  'left-index': 'linker Zeigefinger',
};

function figure(kind: string, file: string, alt: string, caption: string): Html {
  return html`<figure class="${kind}">
    <a href="${file}"><img src="${file}" alt="${alt}" /></a>
    <figcaption>${caption}</figcaption>
  </figure>`;
}

function qualityOf({ quality }: FingerArtefact): string {
  if (quality.assessment === 'not-assessed') return 'Qualität nicht geprüft';
  return `Qualität ${quality.value} (${quality.algorithm} ${quality.version})`;
}

function sizeOf({
  widthPx = 0,
  heightPx = 0,
}: {
  readonly widthPx?: number | undefined;
  readonly heightPx?: number | undefined;
}): string {
  return `${widthPx} × ${heightPx} px`;
}

function timeline({ timeline: moments, application, files }: PageInput): Html {
  let finger = 0;
  const pictureOf = (what: string): string | undefined => {
    if (what === 'photo-captured') return files.find((file) => file.startsWith('images/lichtbild.'));
    if (what === 'signature-captured') return files.find((file) => file === 'images/unterschrift.png');
    if (what !== 'finger-captured') return undefined;
    const position = application?.fingers.captured[finger++]?.position;
    return position === undefined ? undefined : `images/finger-${position}.png`;
  };
  return html`<h2>Der Fall von Anfang bis Ende</h2>
    <ol class="timeline">
      ${moments.map((moment) => {
        const picture = pictureOf(moment.what);
        return html`<li class="${END.has(moment.what) ? 'end' : 'step'}">
          <time datetime="${moment.at}">${clock(moment.at)}</time
          >${moment.title}${moment.law === undefined ? undefined : html`<small>${moment.law}</small>`}${picture === undefined ? undefined : html`<img src="${picture}" alt="" />`}
        </li> `;
      })}
    </ol>`;
}

const END = new Set(['sealed', 'key-destroyed', 'erased', 'delivery', 'body-erased', 'closed']);

function documents({ files }: PageInput): Html {
  const shown = files.filter((file) => !file.startsWith('images/')).sort();
  return html`<h2>Dateien</h2>
    <section class="card">
      <ul class="files">
        ${shown.map((file) => html`<li><a href="${file}">${file}</a></li>`)}
      </ul>
    </section>`;
}

function clock(at: string): string {
  return new Intl.DateTimeFormat('de-DE', { timeZone: 'Europe/Berlin', timeStyle: 'medium' }).format(
    new Date(at),
  );
}
