import type { GroupParticle, Particle } from './descriptor.js';

/** The particles of a group, whatever its kind. */
export function itemsOf(group: GroupParticle): readonly Particle[] {
  if ('sequence' in group) return group.sequence;
  return 'choice' in group ? group.choice : group.all;
}
