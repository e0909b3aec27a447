/** A value that was measured, or what it would take to measure it. */
export type Measured = { readonly value: number } | { readonly needs: readonly string[] };
