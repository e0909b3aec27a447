import {
  encodeSealedPayload,
  fachverfahrenHttp,
  SEALED_CONTENT_TYPE,
  sealedMessage,
} from '@buergerkoffer/fachverfahren-xoev';
import {
  type BzrAnfrage,
  checkBzrAnfrage,
  readRueckweisung,
  writeBzrAnfrage,
} from '@buergerkoffer/fachverfahren-xoev/xmeld';

type Seal = (plaintext: Uint8Array) => Promise<Uint8Array>;

/** Hands an application over with its Führungszeugnis (0430); tells in German why messages were rejected. */
export async function handOver(
  baseUrl: string,
  anfrage: BzrAnfrage,
  application: Record<string, unknown>,
  seal: Seal,
) {
  for (const { path, messageDe } of checkBzrAnfrage(anfrage)) console.warn(path, messageDe);
  const messages = [sealedMessage('0430', anfrage.uuid, writeBzrAnfrage(anfrage))];
  const submissionId = crypto.randomUUID();
  const payload = encodeSealedPayload({ version: 1, submissionId, application, attachments: [], messages });
  const port = fachverfahrenHttp({ baseUrl });
  await port.submit({ submissionId, body: await seal(payload), contentType: SEALED_CONTENT_TYPE });
  const state = await port.state(submissionId);
  const answers = state === undefined || state.state === 'received' ? [] : state.answers;
  const rejections = answers.flatMap((answer) => (answer.kind === 'rejection' ? [answer.xml] : []));
  return rejections.flatMap((xml) =>
    readRueckweisung(Buffer.from(xml, 'base64')).reasons.map(({ meaningDe }) => meaningDe),
  );
}
