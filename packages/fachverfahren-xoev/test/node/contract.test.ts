import { afterEach, describe, it } from 'vitest';
import { fachverfahrenHttp, registerContract, submissionContract } from '../../src/index.js';
import { cleanUp, double, REGISTER, rejectable, submission } from './fixtures.js';

const DEADLINE_MS = 20_000;

afterEach(cleanUp);

describe('the HTTP client with the double keeps the contract of the submission port:', () => {
  const suite = submissionContract(async () => {
    const { url, close } = await double();
    return { port: fachverfahrenHttp({ baseUrl: url }), acceptable: submission, rejectable, close };
  });
  it.each(suite)('$name', async ({ run }) => run(), DEADLINE_MS);
});

describe('the HTTP client with a double that answers twice keeps the contract of the submission port:', () => {
  const suite = submissionContract(async () => {
    const { url, close } = await double({ fault: { name: 'answer-twice' } });
    return { port: fachverfahrenHttp({ baseUrl: url }), acceptable: submission, rejectable, close };
  });
  it.each(suite)('$name', async ({ run }) => run(), DEADLINE_MS);
});

describe('the HTTP client with the double keeps the contract of the register look-up:', () => {
  const suite = registerContract(async () => {
    const { url, close } = await double({ register: REGISTER });
    const query = { purpose: 'personalausweis', birthDate: '1964-08-12' };
    return {
      lookup: fachverfahrenHttp({ baseUrl: url }),
      queries: {
        unique: { ...query, familyName: 'MUSTERMANN', givenNames: 'Erika', documentNumber: 'T220001293' },
        none: { ...query, familyName: 'Mustermann', birthDate: '1964-08-13' },
        ambiguous: { ...query, familyName: 'Doppelgänger' },
      },
      close,
    };
  });
  it.each(suite)('$name', async ({ run }) => run(), DEADLINE_MS);
});
