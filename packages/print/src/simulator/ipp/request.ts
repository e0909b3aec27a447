import { groupOf, OPERATION, type AttributeSet, type IppMessage, type StatusName } from '../../ipp/index.js';

/** Why a request is not done. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: StatusName;
  /** Attributes that go back as unsupported. */
  readonly attributes: readonly string[];

  constructor(status: StatusName, attributes: readonly string[] = []) {
    super(status);
    this.status = status;
    this.attributes = attributes;
  }
}

/** Operations with a job. */
const OF_JOBS: readonly number[] = [
  OPERATION['Send-Document'],
  OPERATION['Cancel-Job'],
  OPERATION['Get-Job-Attributes'],
];

/** What every request must be (RFC 8011, 4.1): the version, the first attributes in their order, one printer. */
export function checkRequest(request: IppMessage, path: string): AttributeSet {
  if (request.version.major < 1 || request.version.major > 2)
    throw new Refusal('server-error-version-not-supported');
  if (request.requestId === 0) throw new Refusal('client-error-bad-request');
  const [first] = request.groups;
  if (first?.group !== 'operation') throw new Refusal('client-error-bad-request');
  const [charset, language] = first.attributes;
  if (charset?.name !== 'attributes-charset' || language?.name !== 'attributes-natural-language') {
    throw new Refusal('client-error-bad-request');
  }
  for (const { name } of first.attributes) {
    if (first.attributes.filter((one) => one.name === name).length > 1)
      throw new Refusal('client-error-bad-request');
  }
  const operation = groupOf(request, 'operation');
  if (!['utf-8', 'us-ascii'].includes(operation.text('attributes-charset')?.toLowerCase() ?? '')) {
    throw new Refusal('client-error-charset-not-supported', ['attributes-charset']);
  }
  checkTarget(request.code, operation, path);
  return operation;
}

function checkTarget(code: number, operation: AttributeSet, path: string): void {
  const printer = operation.text('printer-uri');
  const job = operation.text('job-uri');
  if (printer === undefined && !(OF_JOBS.includes(code) && job !== undefined)) {
    throw new Refusal('client-error-bad-request');
  }
  if (printer !== undefined && pathOf(printer) !== path) throw new Refusal('client-error-not-found');
}

/** The number of the job that a request means. */
export function jobIdOf(operation: AttributeSet): number {
  const uri = operation.text('job-uri');
  const id = uri === undefined ? operation.number('job-id') : Number(/\/(\d+)$/.exec(uri)?.[1]);
  if (id === undefined) throw new Refusal('client-error-bad-request');
  return id;
}

function pathOf(uri: string): string | undefined {
  return /^ipps?:\/\/[^/]+(\/[^?]*)/i.exec(uri)?.[1];
}
