import type { Diagnostic } from '@buergerkoffer/core';
import { SdkError } from '@buergerkoffer/formats';
import { fachverfahrenHttp, type Fetch } from '@buergerkoffer/fachverfahren-xoev';
import { recipientOfCertificate } from '@buergerkoffer/vault/node';
import { skewFindings } from './clock.js';

/** How long each question to the Fachverfahren may take, in milliseconds. */
const PATIENCE_MS = 3_000;

/** What is to be said about the Fachverfahren at `url`: whether it answers, its clock, and its certificate. */
export async function serviceFindings(url: string): Promise<readonly Diagnostic[]> {
  const skew: Diagnostic[] = [];
  const fetchAndCompare: Fetch = async (address, init) => {
    const response = await fetch(address, init);
    if (skew.length === 0) skew.push(...skewFindings(response.headers.get('date'), new Date()));
    return response;
  };
  try {
    const service = fachverfahrenHttp({
      baseUrl: url,
      fetch: fetchAndCompare,
      deadlines: { healthMs: PATIENCE_MS, certificateMs: PATIENCE_MS },
    });
    await service.health();
    return [...skew, ...(await certificateFindings(() => service.certificate()))];
  } catch (error) {
    return [...skew, findingOf(error, 'the Fachverfahren does not answer')];
  }
}

async function certificateFindings(certificate: () => Promise<string>): Promise<readonly Diagnostic[]> {
  try {
    recipientOfCertificate(await certificate(), new Date());
    return [];
  } catch (error) {
    return [findingOf(error, 'nothing can be sealed to the certificate of the Fachverfahren')];
  }
}

function findingOf(error: unknown, what: string): Diagnostic {
  if (!(error instanceof SdkError)) throw error;
  return {
    code: `fachverfahren.${error.code}`,
    severity: 'error',
    message: `${what}: ${error.message}`,
    remedy: error.remedy,
  };
}
