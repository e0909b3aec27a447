import { layoutForm, paAntrag, type PaAntrag } from '@buergerkoffer/print/forms';
import { loadDejaVu } from '@buergerkoffer/print/node';
import { describe, expect, it } from 'vitest';
import { blockTexts } from './block-texts.js';
import { options } from '../cases.js';
import { portraitPng, signaturePng } from '../pictures.js';
import { FILLED, LETTERHEAD } from '../samples.js';

const fonts = await loadDejaVu();
const photo = { bytes: portraitPng() };
const signature = { bytes: signaturePng() };
const frame = { form: paAntrag, letterhead: LETTERHEAD };

/** All that the blocks of these data say. */
function words(data: PaAntrag): string {
  return blockTexts(paAntrag.layout(data, frame));
}

describe('the application for an identity card', { timeout: 30_000 }, () => {
  it('shows every item of § 5 (2) PAuswG and the serial number of the old document', () => {
    const said = words(FILLED);
    for (const item of [
      'Mustermann',
      'Beispiel',
      'Erika Maria',
      '12.08.1938',
      'Berlin',
      '160 cm',
      'grün',
      'deutsch',
      'Heidestraße',
      '51147',
      'Köln',
      '05315000',
      'L01X00T47',
    ]) {
      expect(said).toContain(item);
    }
  });

  it('marks Doktorgrad and Ordens- oder Künstlername, and nothing else, as voluntary', () => {
    const voluntary = paAntrag
      .layout(FILLED, frame)
      .flatMap((block) =>
        block.type === 'fields'
          ? block.rows.flat().flatMap((cell) => (cell.type === 'field' && cell.voluntary ? [cell.name] : []))
          : [],
      );
    expect(voluntary).toEqual(['holder.doctorate', 'holder.religiousOrArtistName']);
  });

  it('says in words who has no dwelling in Germany', () => {
    expect(words({ ...FILLED, holder: { ...FILLED.holder, address: { kind: 'none' } } })).toContain(
      'keine Wohnung in Deutschland',
    );
  });

  it('has a line for the applicant, or one for each representative', async () => {
    const person = { familyName: 'Muster', givenNames: 'Max', evidence: 'Personalausweis; Geburtsurkunde' };
    const ids = async (data: PaAntrag): Promise<string[]> => {
      const { boxes } = await layoutForm(paAntrag, data, options(fonts, { assets: { photo, signature } }));
      return boxes.flatMap(({ path }) =>
        /^(applicant|representative[.\d]*|clerk)#label$/u.test(path) ? [path] : [],
      );
    };
    expect(await ids(FILLED)).toEqual(['applicant#label', 'clerk#label']);
    expect(await ids({ ...FILLED, applicant: { role: 'guardian', persons: [person, person] } })).toEqual([
      'representative.0#label',
      'representative.1#label',
      'clerk#label',
    ]);
  });

  it('carries the notices of §§ 10, 11, 27 PAuswG and Art. 13 DSGVO with the names of the authority', () => {
    const said = words(FILLED);
    for (const notice of [
      '§ 27 PAuswG',
      '§§ 10, 11',
      'Art. 13 DSGVO',
      LETTERHEAD.authority,
      LETTERHEAD.dataProtection,
    ]) {
      expect(said).toContain(notice);
    }
    expect(said).not.toMatch(/\{\w+\}/u);
  });

  it('never says more about the photo than was assessed', () => {
    expect(words(FILLED)).toContain('nicht geprüft');
    expect(words({ ...FILLED, photo: { takenBy: 'authority', check: 'passed' } })).not.toContain(
      'nicht geprüft',
    );
  });

  it('can be laid out before anything is filled in', () => {
    expect(paAntrag.layout({}, frame).length).toBeGreaterThan(10);
  });

  it('keeps the declaration and all lines to sign on one page', async () => {
    const { boxes } = await layoutForm(paAntrag, FILLED, options(fonts, { assets: { photo, signature } }));
    const pages = boxes
      .filter(({ path }) => /^(place|appliedOn|applicant|clerk)(#label)?$/u.test(path))
      .map(({ page }) => page);
    expect(new Set(pages).size).toBe(1);
  });
});

describe('the outcome of the finger capture', () => {
  it.each<[PaAntrag['fingers'], readonly string[]]>([
    [{ outcome: 'two', left: 'index', right: 'thumb' }, ['zwei Finger', 'Zeigefinger', 'Daumen']],
    [
      { outcome: 'one', hand: 'left', finger: 'ring', otherHand: 'Verband' },
      ['ein Finger', 'linke Hand', 'Ringfinger', 'Verband'],
    ],
    [{ outcome: 'none', reason: 'under-6' }, ['keine', 'Kind unter sechs Jahren']],
    [{ outcome: 'none', reason: 'permanent' }, ['dauerhaft unmöglich']],
    [{ outcome: 'none', reason: 'temporary', detail: 'Gips' }, ['höchstens zwölf Monate', 'Gips']],
  ])('is said in words: %j', (fingers, said) => {
    for (const word of said) expect(words({ ...FILLED, fingers })).toContain(word);
  });
});

describe('a missing signature', () => {
  it.each<[PaAntrag['signature'], readonly string[]]>([
    [{ outcome: 'omitted', reason: 'under-10' }, ['Kind unter zehn Jahren']],
    [{ outcome: 'omitted', reason: 'unable', detail: 'Tremor' }, ['schreibunfähig', 'Tremor']],
  ])('is said with its reason: %j', (signature, said) => {
    for (const word of said) expect(words({ ...FILLED, signature })).toContain(word);
  });
});

describe('an application that contradicts itself', () => {
  const person = { familyName: 'Muster', givenNames: 'Max', evidence: 'Geburtsurkunde' };
  const proxy = (more: object): object => ({
    ...FILLED,
    applicant: { role: 'proxy', persons: [person], vollmacht: 'recorded', holderIncapable: true, ...more },
  });
  const custodian: PaAntrag['applicant'] = { role: 'custodian', persons: [person] };
  const noFingers: PaAntrag['fingers'] = { outcome: 'none', reason: 'under-6' };
  const noSignature: PaAntrag['signature'] = { outcome: 'omitted', reason: 'under-10' };
  const born = (date: string, more: Partial<PaAntrag> = {}): PaAntrag => ({
    ...FILLED,
    ...more,
    holder: { ...FILLED.holder, birth: { date, place: 'Köln' } },
  });

  it.each([
    [
      'a birth after the application',
      born('2026-11-21', { applicant: custodian, fingers: noFingers, signature: noSignature }),
      'holder.birth.date',
    ],
    ['a holder who is 15 and applies alone', born('2010-11-21'), 'applicant.role'],
    ['a holder who is 15 by year and month and applies alone', born('2010-12'), 'applicant.role'],
    ['a custodian of an adult', born('2008-11-20', { applicant: custodian }), 'applicant.role'],
    [
      '"under six" for a child of six',
      born('2020-11-20', { applicant: custodian, fingers: noFingers, signature: noSignature }),
      'fingers.reason',
    ],
    [
      'fingerprints of a child of five',
      born('2020-11-21', { applicant: custodian, signature: noSignature }),
      'fingers',
    ],
    [
      '"under ten" for a child of ten',
      born('2016-11-20', { applicant: custodian, signature: noSignature }),
      'signature.reason',
    ],
    ['a signature of a child of nine', born('2016-11-21', { applicant: custodian }), 'signature.outcome'],
  ])('is refused with the path: %s', async (_, data, path) => {
    const rendering = layoutForm(paAntrag, data, options(fonts, { assets: { photo } }));
    await expect(rendering).rejects.toMatchObject({ code: 'not-allowed', path });
  });

  it.each([
    ['a holder on the 16th birthday', born('2010-11-20')],
    ['a holder whose month of birth may make them 16', born('2010-11')],
    ['a holder whose year of birth may make them 16', born('2010')],
    ['a custodian of a 17-year-old', born('2008-11-21', { applicant: custodian })],
  ])('is not: %s', (_, data) => {
    expect(paAntrag.schema.safeParse(data).success).toBe(true);
  });

  it.each([
    ['with a merely written Vollmacht', { vollmacht: 'written' }, 'applicant.vollmacht'],
    ['of somebody who can act', { holderIncapable: false }, 'applicant.holderIncapable'],
  ])('has no proxy %s', (_, more, path) => {
    const issue = paAntrag.schema.safeParse(proxy(more)).error?.issues[0];
    expect(issue).toMatchObject({ code: 'custom', params: { remedy: expect.stringContaining('Vollmacht') } });
    expect(issue?.path.join('.')).toBe(path);
  });

  it('has a proxy of an incapable person with a certified or recorded Vollmacht', () => {
    expect(paAntrag.schema.safeParse(proxy({})).success).toBe(true);
    expect(paAntrag.schema.safeParse(proxy({ vollmacht: 'publicly-certified' })).success).toBe(true);
  });
});
