// #region readme
import { readFile } from 'node:fs/promises';
import { openVault, verifyAudit } from '@buergerkoffer/vault/node';

/** From the first event to the receipt: the case is on disk after each line, and gone at the end. */
export async function visit(folder: string, certificateFile: string): Promise<boolean> {
  const codec = { read: (json: unknown) => String(json) }; // check and upgrade stored events here
  const vault = await openVault(folder, { codec });
  const file = await vault.createCase();
  const [photo = ''] = await file.append('photo captured', [new Uint8Array([0xff, 0xd8])]);
  console.log(file.id, file.events, (await file.attachment(photo)).length);

  const recipientCertificatePem = await readFile(certificateFile, 'utf8');
  const payload = new TextEncoder().encode(JSON.stringify(file.events));
  const { submissionId } = await vault.seal(file, { recipientCertificatePem, payload }); // from here on nobody here can read it

  const port = () => Promise.resolve({ state: 'accepted' as const }); // HTTP to the Fachverfahren
  await vault.outbox.deliver(port).forEach(({ type }) => console.log(submissionId, type));
  const { verified } = verifyAudit(await vault.audit.read(file.id));
  await vault.close();
  return verified;
}
// #endregion
