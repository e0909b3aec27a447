import { childOf } from '../message/tree.js';
import type { ElementRule } from './message-context.js';
import { elementAt } from './walk.js';

/** A legal representative that is a body has no day of birth (XMeld, type.GesetzlicherVertreter). */
export const checkRepresentatives: ElementRule = ({ findings }, element) => {
  if (!/^(?:gesetzlicher)?vertreter$/i.test(element.local)) return;
  const birth = childOf(element, 'geburt');
  if (birth === undefined || elementAt(element, 'name/nameJuristischePerson') === undefined) return;
  findings.error(
    'S999',
    birth,
    'a representative that is a body, such as an office or an association, has no birth; leave the element out',
    'Ein Amt oder Verein als gesetzlicher Vertreter hat kein Geburtsdatum; bitte löschen.',
  );
};
