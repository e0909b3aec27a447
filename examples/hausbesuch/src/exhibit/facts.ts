import type { DocumentApplication } from '@buergerkoffer/procedures/model';
import { euros } from '../visit/counter.js';
import { html, type Html } from './html.js';

/** What the application says of the person. */
export function person({ holder, identity }: DocumentApplication): Html {
  const { address } = holder;
  const where =
    address.kind === 'germany'
      ? `${address.street} ${address.houseNumber ?? ''}, ${address.postalCode} ${address.city}`
      : 'keine Wohnung in Deutschland';
  const facts: readonly (readonly [string, string])[] = [
    ['Familienname', holder.familyName],
    ['Geburtsname', holder.birthName ?? 'wie Familienname'],
    ['Vornamen', holder.givenNames],
    ['Geboren', `${germanDay(holder.birth.date)} in ${holder.birth.place}`],
    ['Anschrift', where],
    ['Größe, Augenfarbe', `${holder.heightCm ?? '?'} cm, ${holder.eyeColour ?? '?'}`],
    [
      'Identität festgestellt durch',
      identity.method === 'old-document'
        ? `altes Dokument ${identity.serialNumber}, Prüfziffern der MRZ stimmen`
        : identity.method,
    ],
  ];
  return html`<h2>Angaben</h2>
    <section class="card">
      <dl class="facts">
        ${facts.map(
          ([label, value]) =>
            html`<div>
              <dt>${label}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
      </dl>
    </section>`;
}

/** What was paid, line by line, with its legal basis. */
export function fees({ fees: { lines, totalCents } }: DocumentApplication): Html {
  return html`<h2>Gebühr</h2>
    <section class="card">
      <table>
        <thead>
          <tr>
            <th>Wofür</th>
            <th>Grundlage</th>
            <th class="amount">Betrag</th>
          </tr>
        </thead>
        <tbody>
          ${lines.map(
            (line) =>
              html`<tr>
                <td>${line.text}</td>
                <td>${line.legalBasis}</td>
                <td class="amount">
                  ${line.amountCents === 'unknown' ? 'unbekannt' : euros(line.amountCents)}
                </td>
              </tr>`,
          )}
          <tr>
            <th colspan="2">Summe</th>
            <th class="amount">${euros(totalCents)}</th>
          </tr>
        </tbody>
      </table>
    </section>`;
}

/** `2026-11-20` as `20.11.2026`. */
export function germanDay(day: string): string {
  return day.split('-').reverse().join('.');
}
