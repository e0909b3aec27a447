import { messageBuilder } from './builder.js';

/**
 * 0010: a message is rejected, whatever its type (XInneres, version 6). `nachricht` is the rejected message in base64,
 * `idNachricht` its identity when it was schema-valid. With S999 a `grundSpezifisch` says why.
 */
export const rueckweisung0010 = messageBuilder('xirts:rueckweisung.asynchron.0010');
