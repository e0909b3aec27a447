/** Namespace of OSCI-XMeld 25.11a. */
export const XMELD_NAMESPACE = 'http://www.osci.de/xmeld2511a';
/** Value of the root's attribute `standard`. */
export const XMELD_STANDARD = 'XMeld';
/** Value of the root's attribute `version`. */
export const XMELD_VERSION = '25.11a';

/** The fixed reader of 0430 by its DVDV identifier. */
export const BFJ = { kennung: 'dbs:490040010000', name: 'Bundesamt für Justiz' } as const;
