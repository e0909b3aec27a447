/**
 * Why an XInneres message was rejected, code by code, in German for the clerk
 * (code list `urn:de:xinneres:codeliste:fehlercodes`, version 3; wording ours).
 */
export const REJECTION_CODES = {
  S001: 'Die Nachricht ist nicht in UTF-8 kodiert.',
  S010: 'Die Nachricht nennt eine Codeliste, die der Empfänger nicht kennt.',
  S011: 'Die Nachricht enthält einen Code, den es in der Codeliste nicht gibt.',
  S020: 'Einzelne Fälle der Sammelnachricht sind fehlerhaft.',
  S030: 'Ein Pflichtfeld ist leer.',
  S100: 'Diese Nachricht wurde bereits verarbeitet.',
  S999: 'Die Nachricht wurde aus einem fachlichen Grund abgewiesen.',
  T000: 'Das Zertifikat des Absenders ist abgelaufen.',
  T001: 'Das Zertifikat des Absenders ist gesperrt.',
  T002: 'Das Zertifikat des Absenders ist ungültig.',
  T003: 'Das Zertifikat des Absenders fehlt.',
  T010: 'Die Signatur der Nachricht fehlt.',
  T011: 'Die Signatur der Nachricht ist ungültig.',
  T020: 'Die Nachricht kann nicht entschlüsselt werden.',
  T070: 'Der Absender ist zu dieser Nachricht nicht berechtigt.',
  T080: 'Die Nachricht ging an den falschen Empfänger.',
  T099: 'Das Transportprofil wurde nicht eingehalten.',
  V000: 'Der Empfänger verarbeitet diese Version des Standards nicht.',
  X000: 'Die Nachricht ist kein wohlgeformtes XML.',
  X001: 'Die Nachricht entspricht nicht dem Schema.',
} as const;

/** A code of the XInneres list of error codes, version 3. */
export type RejectionCode = keyof typeof REJECTION_CODES;

/** True for a code of the list's version 3; an authority may already use a newer one. */
export function isRejectionCode(code: string): code is RejectionCode {
  return Object.hasOwn(REJECTION_CODES, code);
}
