/** What distinguishes the twelve kinds (XMeld 0430, anfrageart). */
export interface KindOfCertificate {
  /** To the applicant only, straight to an authority, or there after inspection at an Amtsgericht (§ 30 (4), (5) BZRG). */
  readonly to: 'applicant' | 'authority' | 'authority-after-inspection';
  /** § 30a BZRG. */
  readonly extended: boolean;
  /** A kind of its own for an application by a legal representative; else either applies. */
  readonly by?: 'holder' | 'representative';
  readonly label: string;
}

/** The kinds by their code. */
export const KINDS = {
  NB: { to: 'applicant', extended: false, by: 'holder', label: 'Führungszeugnis für eigene Zwecke' },
  NE: {
    to: 'applicant',
    extended: true,
    by: 'holder',
    label: 'Erweitertes Führungszeugnis für eigene Zwecke (§ 30a BZRG)',
  },
  NV: {
    to: 'applicant',
    extended: false,
    by: 'representative',
    label: 'Führungszeugnis für eigene Zwecke, durch gesetzliche Vertretung',
  },
  NG: {
    to: 'applicant',
    extended: true,
    by: 'representative',
    label: 'Erweitertes Führungszeugnis für eigene Zwecke, durch gesetzliche Vertretung',
  },
  OB: { to: 'authority', extended: false, label: 'Führungszeugnis zur Vorlage bei einer Behörde' },
  OE: { to: 'authority', extended: true, label: 'Erweitertes Führungszeugnis zur Vorlage bei einer Behörde' },
  OG: {
    to: 'authority',
    extended: false,
    label: 'Führungszeugnis zur Vorlage bei einer Behörde, gewerberechtlich',
  },
  OH: {
    to: 'authority',
    extended: true,
    label: 'Erweitertes Führungszeugnis zur Vorlage bei einer Behörde, gewerberechtlich',
  },
  PB: {
    to: 'authority-after-inspection',
    extended: false,
    label: 'Führungszeugnis für eine Behörde, vorher Einsicht beim Amtsgericht',
  },
  PE: {
    to: 'authority-after-inspection',
    extended: true,
    label: 'Erweitertes Führungszeugnis für eine Behörde, vorher Einsicht beim Amtsgericht',
  },
  PG: {
    to: 'authority-after-inspection',
    extended: false,
    label: 'Führungszeugnis für eine Behörde, gewerberechtlich, vorher Einsicht beim Amtsgericht',
  },
  PH: {
    to: 'authority-after-inspection',
    extended: true,
    label: 'Erweitertes Führungszeugnis für eine Behörde, gewerberechtlich, vorher Einsicht beim Amtsgericht',
  },
} as const satisfies Readonly<Record<string, KindOfCertificate>>;

/** Code of a kind. */
export type KindCode = keyof typeof KINDS;

/** What a kind wants. */
export function kindOf(code: KindCode): KindOfCertificate {
  return KINDS[code];
}
