/** One case of a contract suite: it resolves when the contract is kept, and rejects with what is broken. */
export interface ContractCase {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** Makes cases that each get a fixture of their own, which is closed after the case. */
export function contractCases<Fixture extends { readonly close: () => Promise<void> }>(
  make: () => Promise<Fixture>,
): (name: string, check: (fixture: Fixture) => Promise<void>) => ContractCase {
  return (name, check) => ({
    name,
    run: async () => {
      const fixture = await make();
      try {
        await check(fixture);
      } finally {
        await fixture.close();
      }
    },
  });
}

/** What a call rejects with; it is broken when the call succeeds. */
export async function failure(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error('the call succeeds');
}
