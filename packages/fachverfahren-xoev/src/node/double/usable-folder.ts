import { ServiceError } from '../../index.js';

/** The result of a step that works in the folder; `ServiceError` `refused` with the folder's path when it fails. */
export async function usable<Result>(folder: string, step: () => Promise<Result>): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    throw new ServiceError('refused', `the folder of the double cannot be used: ${folder}`, {
      cause: error,
      path: folder,
      remedy: 'give a folder that this user may write to',
    });
  }
}
