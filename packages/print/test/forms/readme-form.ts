import {
  fault,
  Fields,
  fieldsBlock,
  noticeBlocks,
  numbered,
  signing,
  withRules,
  type FormDefinition,
} from '@buergerkoffer/print/forms';
import { z } from 'zod';

const fields = z.strictObject({
  owner: z.string().trim().min(1).max(120),
  dogs: z
    .array(z.strictObject({ name: z.string().max(40), bornOn: z.iso.date() }))
    .min(1)
    .max(5),
  place: z.string().max(80),
  signedOn: z.iso.date(),
});
type Hundesteuer = z.infer<typeof fields>;

const FILLED: Hundesteuer = {
  owner: 'Erika Mustermann',
  dogs: [{ name: 'Bello', bornOn: '2024-03-01' }],
  place: 'Musterstadt',
  signedOn: '2026-11-20',
};

export const hundesteuer: FormDefinition<Hundesteuer> = {
  id: 'hundesteuer',
  title: 'Anmeldung zur Hundesteuer',
  legalBasis: 'Hundesteuersatzung der Stadt Musterstadt',
  validFrom: '2026-01-01',
  schema: withRules(fields, ({ dogs, signedOn }) =>
    dogs.flatMap((dog, index) =>
      fault(
        dog.bornOn > signedOn,
        `dogs.${index}.bornOn`,
        'born after the signature',
        'Das Wurfdatum liegt in der Zukunft. Bitte prüfen.',
      ),
    ),
  ),
  notices: [
    {
      id: 'duty',
      heading: 'Anzeigepflicht',
      legalBasis: '§ 9 der Satzung',
      text: ['Ein Hund ist {authority} innerhalb von zwei Wochen zu melden.'],
    },
  ],
  signatureLines: [{ id: 'owner', label: 'Unterschrift der Halterin oder des Halters' }],
  retention: 'Bis zum Ende der Steuerpflicht und vier Jahre danach',
  audience: 'authority',
  blank: true,
  samples: {
    empty: () => ({}),
    filled: () => FILLED,
    longest: () => ({ ...FILLED, owner: 'W'.repeat(120), dogs: Array(5).fill(FILLED.dogs[0]) }),
    latin: () => ({ ...FILLED, owner: 'J\u030c C\u0328\u0306 L\u0325\u0304' }),
  },
  layout: (data, frame) => {
    const places = new Fields<Hundesteuer>(data);
    return numbered([
      ['Halterin oder Halter', [fieldsBlock('Person', [[places.text('owner', 'Name', 12)]])]],
      [
        'Hunde',
        [
          fieldsBlock(
            'Hunde',
            places
              .each('dogs', 2)
              .map((dog) => [dog.text('name', 'Name', 8), dog.day('bornOn', 'Geboren am', 4)]),
          ),
        ],
      ],
      [
        'Unterschrift',
        signing(frame.form, {
          row: [places.text('place', 'Ort', 8), places.day('signedOn', 'Datum', 4)],
          signers: [{ id: 'owner' }],
        }),
      ],
      ['Hinweise', noticeBlocks(frame)],
    ]);
  },
};
