import { CARD_TERMINAL } from '@buergerkoffer/eid';
import { useDevice } from './use-device.js';
import type { Visit } from './visit.js';

/** SELECT EF.CardAccess by reading it through its short identifier 1C (BSI TR-03110 part 3, A.1.2). */
const READ_CARD_ACCESS = new Uint8Array([0x00, 0xb0, 0x9c, 0x00, 0x00]);

/** Asks the chip of the old card whether it answers. Without PACE nothing about the person can be read. */
export async function readChip(visit: Visit): Promise<void> {
  await useDevice(visit, CARD_TERMINAL, 'Chip des alten Ausweises ansprechen', async (terminal) => {
    const card = await terminal.connect({ patienceMs: 5_000 });
    try {
      const { sw } = await card.transmit(READ_CARD_ACCESS);
      const answers = sw === 0x9000;
      visit.tell({
        type: answers ? 'done' : 'attention',
        text: answers ? 'Der Chip antwortet und bietet PACE an' : 'Der Chip antwortet nicht wie ein Ausweis',
      });
    } finally {
      await card.close();
    }
  });
}
