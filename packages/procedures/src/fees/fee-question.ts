/** An amount that Land or municipality set, with its basis. */
export interface LocalFee {
  /** Whole cents, 0 or more. */
  readonly amountCents: number;
  readonly legalBasis: string;
}

/** What a fee depends on. */
export interface FeeQuestion {
  /** One of the `ServiceId` of the model. */
  readonly service: string;
  /** Day of application: `YYYY-MM-DD`, or an instant, which counts as its day in Europe/Berlin. */
  readonly on: string | Date;
  /** Birth date of the holder, partial where the register knows no more; needed where the fee depends on the age. */
  readonly born?: string;
  /** On the applicant's wish outside the office hours. */
  readonly outsideOfficeHours?: boolean;
  /** On the applicant's wish at an authority without competence. */
  readonly notCompetent?: boolean;
  /** The applicant lives abroad, or applies at a mission abroad. */
  readonly abroad?: 'residence' | 'mission';
  readonly photoByAuthority?: boolean;
  /** Direct dispatch of the document. */
  readonly dispatch?: boolean;
  /** Passport of 48 pages. */
  readonly pages48?: boolean;
  readonly express?: boolean;
  /** Führungszeugnis for an honorary office. */
  readonly ehrenamt?: boolean;
  /** The authority waives the statutory fee for a needy person, or reduces it to an amount in cents. */
  readonly waiver?: boolean | { readonly reduceToCents: number };
  /** What the municipality takes for the visit; no waiver of the statutory fee touches it. */
  readonly policySurcharge?: LocalFee;
  /** The fee itself where Land or municipality set it (Meldebescheinigung on paper, Beglaubigung). */
  readonly localFee?: LocalFee;
}
