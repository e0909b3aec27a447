/** The calendar day of an instant in Germany, `YYYY-MM-DD`. */
export function berlinDay(instant: Date): string {
  const parts = new Map(DAY.formatToParts(instant).map((part) => [part.type, part.value]));
  return `${parts.get('year') ?? ''}-${parts.get('month') ?? ''}-${parts.get('day') ?? ''}`;
}

const DAY = new Intl.DateTimeFormat('de-DE', {
  timeZone: 'Europe/Berlin',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

const TIME = new Intl.DateTimeFormat('de-DE', {
  timeZone: 'Europe/Berlin',
  hour: '2-digit',
  minute: '2-digit',
});

/** An ISO day, also a partial one (`1931`, `1931-04`), as Germans write it: `12.04.1931`, `04.1931`, `1931`. */
export function germanDay(day: string | undefined): string | undefined {
  return day?.split('-').reverse().join('.');
}

/** An ISO 8601 instant as `20.11.2026, 10:15 Uhr`, in German legal time. */
export function germanInstant(instant: string | undefined): string | undefined {
  if (instant === undefined) return undefined;
  const date = new Date(instant);
  return `${germanDay(berlinDay(date)) ?? ''}, ${TIME.format(date)} Uhr`;
}

/** Cents as `46,00 €`, with a no-break space. */
export function euro(cents: number): string {
  const sign = cents < 0 ? '−' : '';
  const whole = Math.floor(Math.abs(cents) / 100).toString();
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/gu, '.');
  return `${sign}${grouped},${(Math.abs(cents) % 100).toString().padStart(2, '0')}\u00a0€`;
}

/** The text with no-break spaces inside citations, so that no line ends between `§` and its number. */
export function keepCitations(text: string): string {
  return text
    .replaceAll(/(§§?|Art\.|Abs\.|Nr\.|Buchst\.) (?=\S)/gu, '$1\u00a0')
    .replaceAll(/(\d[a-z]?) (?=(?:Abs|Nr|Buchst)\.)/gu, '$1\u00a0');
}
