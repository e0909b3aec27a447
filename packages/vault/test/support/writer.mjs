// Opens the vault in the folder that is given, says what it found, then appends until it is killed.
import { openVault } from '@buergerkoffer/vault/node';

const codec = { read: (json) => json, auditWord: () => 'step' };
const vault = await openVault(process.argv[2], { codec, auditWords: ['step'] });
const [stored] = await vault.list();
const open = stored === undefined ? await vault.createCase() : await vault.openCase(stored.id);
process.stdout.write(
  `${JSON.stringify({ events: open.events, problems: vault.problems, lost: open.lostEvents })}\n`,
);
for (let number = open.events.length; ; number += 1) {
  await open.append(number, [new Uint8Array(20_000)]);
  process.stdout.write(`${number}\n`);
}
