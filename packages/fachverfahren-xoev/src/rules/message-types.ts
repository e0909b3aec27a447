/** The free search, in which names and degrees may hold placeholders (BMeldDAV, § 7 (7)). */
export const FREE_SEARCH = '1332';

/** Searches, in which an address may be known in part. */
export const SEARCHES: ReadonlySet<string> = new Set(['1330', FREE_SEARCH, '0600', '0602']);
