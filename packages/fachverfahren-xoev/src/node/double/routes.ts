/** What the double serves, in the order of docs/fachverfahren-openapi.yaml. */
export const DOUBLE_ROUTES = [
  { method: 'PUT', path: '/v1/submissions/{submissionId}', operation: 'submit' },
  { method: 'GET', path: '/v1/submissions/{submissionId}', operation: 'state' },
  { method: 'POST', path: '/v1/register/lookups', operation: 'lookup' },
  { method: 'GET', path: '/v1/certificate', operation: 'certificate' },
  { method: 'GET', path: '/v1/health', operation: 'health' },
  { method: 'POST', path: '/v1/test/fault', operation: 'fault' },
] as const;

/** What can be asked of the double. */
export type Operation = (typeof DOUBLE_ROUTES)[number]['operation'];

/** What a request means. */
export type Routed =
  | { readonly found: 'operation'; readonly operation: Operation; readonly submissionId: string }
  | { readonly found: 'other-method'; readonly allow: string }
  | { readonly found: 'nothing' };

/** The operation that method and path name; `submissionId` is empty where the path has none. */
export function route(method: string, path: string): Routed {
  const matching = DOUBLE_ROUTES.flatMap((candidate) => {
    const parameter = match(candidate.path, path);
    return parameter === undefined ? [] : [{ ...candidate, submissionId: parameter }];
  });
  const hit = matching.find((candidate) => candidate.method === method);
  if (hit !== undefined)
    return { found: 'operation', operation: hit.operation, submissionId: hit.submissionId };
  if (matching.length === 0) return { found: 'nothing' };
  return { found: 'other-method', allow: matching.map((candidate) => candidate.method).join(', ') };
}

/** The value of the template's parameter (empty when it has none), `undefined` when the path is another. */
function match(template: string, path: string): string | undefined {
  const [prefix = '', rest] = template.split('{');
  if (rest === undefined) return path === template ? '' : undefined;
  const value = path.slice(prefix.length);
  return path.startsWith(prefix) && value !== '' && !value.includes('/') ? value : undefined;
}
