import {
  OPERATION,
  STATUS,
  stringAttribute,
  type AttributeSet,
  type IppAttribute,
  type IppGroup,
  type IppMessage,
  type OperationName,
} from '../../ipp/index.js';
import { byNumber } from '../../ipp/tags.js';
import { jobAttributes } from './described-job.js';
import { printerAttributes, type PrinterDescription, type PrinterNow } from './described-printer.js';
import { checkFormat, jobRequestOf } from './job-request.js';
import type { PrintEngine } from './print-engine.js';
import { checkRequest, jobIdOf, Refusal } from './request.js';
import { isEnded, type SimulatedJob } from './simulated-job.js';

/** The printer that answers. */
export interface AnsweringPrinter {
  readonly description: PrinterDescription;
  readonly now: PrinterNow;
  readonly path: string;
  readonly oneJobAtATime: boolean;
  readonly counts: boolean;
  readonly engine: PrintEngine;
  /** The jobs that it tells of, oldest first. */
  readonly jobs: readonly SimulatedJob[];
}

const NAMES = byNumber(OPERATION);

/** The name of the operation that a request asks for. */
export function operationOf(request: IppMessage): OperationName | undefined {
  return NAMES.get(request.code);
}

/** The answer to `request`, done or refused (RFC 8011, 4). */
export function answerTo(request: IppMessage, printer: AnsweringPrinter): IppMessage {
  try {
    const operation = checkRequest(request, printer.path);
    const name = operationOf(request);
    if (name === undefined || !printer.description.operations.includes(name)) {
      throw new Refusal('server-error-operation-not-supported');
    }
    return answer(request, STATUS['successful-ok'], done(name, request, operation, printer));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const unsupported: IppGroup = {
      group: 'unsupported',
      attributes: error.attributes.map((each) => ({ name: each, values: [{ syntax: 'unsupported' }] })),
    };
    return answer(request, STATUS[error.status], error.attributes.length === 0 ? [] : [unsupported]);
  }
}

function answer({ version, requestId }: IppMessage, code: number, groups: readonly IppGroup[]): IppMessage {
  const attributes = [
    stringAttribute('charset', 'attributes-charset', 'utf-8'),
    stringAttribute('naturalLanguage', 'attributes-natural-language', 'de'),
  ];
  return {
    version,
    code,
    requestId,
    groups: [{ group: 'operation', attributes }, ...groups],
    data: new Uint8Array(),
  };
}

function done(
  name: OperationName,
  request: IppMessage,
  operation: AttributeSet,
  printer: AnsweringPrinter,
): readonly IppGroup[] {
  switch (name) {
    case 'Get-Printer-Attributes':
      return [printerGroup(operation, printer)];
    case 'Validate-Job':
      jobRequestOf(request, operation, printer.description.capabilities);
      return [];
    case 'Print-Job': {
      if (request.data.length === 0) throw new Refusal('client-error-bad-request');
      const job = created(request, operation, printer);
      printer.engine.submit(job, operation.text('document-format') ?? 'application/pdf', request.data);
      return [jobGroup(job, printer, SHORT)];
    }
    case 'Create-Job':
      return [jobGroup(created(request, operation, printer), printer, SHORT)];
    case 'Send-Document':
      return [sentDocument(request, operation, printer)];
    case 'Cancel-Job': {
      const job = jobFor(operation, printer);
      if (isEnded(job)) throw new Refusal('client-error-not-possible');
      printer.engine.cancel(job);
      return [];
    }
    case 'Get-Job-Attributes':
      return [jobGroup(jobFor(operation, printer), printer, requested(operation))];
    case 'Get-Jobs':
      return jobList(operation, printer);
    case 'Identify-Printer':
      return [];
    default:
      return name satisfies never;
  }
}

function created(request: IppMessage, operation: AttributeSet, printer: AnsweringPrinter): SimulatedJob {
  if (!printer.now.acceptingJobs) throw new Refusal('server-error-not-accepting-jobs');
  if (printer.oneJobAtATime && printer.jobs.some((job) => !isEnded(job)))
    throw new Refusal('server-error-busy');
  const { name, user, ticket } = jobRequestOf(request, operation, printer.description.capabilities);
  return printer.engine.create(name, user, ticket);
}

function sentDocument(request: IppMessage, operation: AttributeSet, printer: AnsweringPrinter): IppGroup {
  const job = jobFor(operation, printer);
  const last = operation.flag('last-document');
  if (last === undefined) throw new Refusal('client-error-bad-request');
  checkFormat(operation, printer.description.capabilities);
  if (isEnded(job)) throw new Refusal('client-error-not-possible');
  if (job.document !== undefined) throw new Refusal('server-error-multiple-document-jobs-not-supported');
  if (request.data.length === 0) throw new Refusal('client-error-bad-request');
  printer.engine.submit(job, operation.text('document-format') ?? 'application/pdf', request.data);
  return jobGroup(job, printer, SHORT);
}

function jobList(operation: AttributeSet, printer: AnsweringPrinter): readonly IppGroup[] {
  const which = operation.text('which-jobs') ?? 'not-completed';
  if (which !== 'completed' && which !== 'not-completed') {
    throw new Refusal('client-error-attributes-or-values-not-supported', ['which-jobs']);
  }
  const mine = operation.flag('my-jobs') === true ? operation.text('requesting-user-name') : undefined;
  const listed = printer.jobs.filter(
    (job) => isEnded(job) === (which === 'completed') && (mine === undefined || mine === job.user),
  );
  // The newest that has ended comes first.
  if (which === 'completed') listed.reverse();
  const names = operation.texts('requested-attributes');
  const wanted = names.length === 0 ? ['job-id', 'job-uri'] : names;
  return listed.slice(0, operation.number('limit')).map((job) => jobGroup(job, printer, wanted));
}

/** What an answer to a new job tells (RFC 8011, 4.2.1.2). */
const SHORT = ['job-id', 'job-uri', 'job-state', 'job-state-reasons'];

function jobGroup(
  job: SimulatedJob,
  { description, now, counts }: AnsweringPrinter,
  names: readonly string[],
): IppGroup {
  const all = jobAttributes(job, description.uris[0] ?? '', now.upTimeS, counts);
  const template = ['sides', 'media', 'copies'];
  const isWanted = ({ name }: IppAttribute): boolean =>
    names.includes('all') ||
    names.includes(name) ||
    names.includes(template.includes(name) ? 'job-template' : 'job-description');
  return { group: 'job', attributes: all.filter(isWanted) };
}

function printerGroup(operation: AttributeSet, { description, now }: AnsweringPrinter): IppGroup {
  checkFormat(operation, description.capabilities);
  const all = printerAttributes(description, now);
  const names = requested(operation);
  const groups = (['job-template', 'printer-description'] as const).flatMap((group) =>
    names.includes('all') || names.includes(group)
      ? all[group]
      : all[group].filter(({ name }) => names.includes(name)),
  );
  return { group: 'printer', attributes: groups };
}

function requested(operation: AttributeSet): readonly string[] {
  const names = operation.texts('requested-attributes');
  return names.length === 0 ? ['all'] : names;
}

function jobFor(operation: AttributeSet, { jobs }: AnsweringPrinter): SimulatedJob {
  const id = jobIdOf(operation);
  const job = jobs.find((one) => one.id === id);
  if (job === undefined) throw new Refusal('client-error-not-found');
  return job;
}
