import { InputError } from '@buergerkoffer/formats';
import type { CodeLists } from '@buergerkoffer/fachverfahren-xoev/codelists';
import { attributeOf, readMessageTree, type MessageElement } from '@buergerkoffer/fachverfahren-xoev/message';
import { checkMessage, daysOfRelease, KNOWN_VERSIONS } from '@buergerkoffer/fachverfahren-xoev/rules';
import type { SchemaLibrary } from '@buergerkoffer/fachverfahren-xoev/schema-set';

/** One thing that a receiver would object to, found by the schema or by a rule. */
export interface Finding {
  readonly source: 'schema' | 'rule';
  readonly severity: 'error' | 'warning' | 'not-assessed';
  readonly code: string;
  readonly line: number;
  readonly path: string;
  readonly message: string;
  readonly messageDe?: string;
}

/** What schema and rules say about one message. */
export interface Judgement {
  readonly schemaValid: boolean;
  /** Neither schema nor rules found an error. */
  readonly valid: boolean;
  readonly findings: readonly Finding[];
}

/** What a message is judged with. */
export interface JudgeOptions {
  readonly library: SchemaLibrary;
  readonly lists: CodeLists;
  readonly now: Date;
  readonly production: boolean;
}

/** Judges a message; a fault of the message is a finding, only faults of the schemas are thrown. */
export function judgeMessage(bytes: Uint8Array, options: JudgeOptions): Judgement {
  const { schemaValid, findings } = options.library.validate(bytes);
  const unreadable = findings.some(({ code }) => code === 'X000' || code === 'S001');
  const root = unreadable ? undefined : treeOf(bytes);
  const rules = root === undefined ? [] : ruleFindings(root, schemaValid, options);
  const all = [...findings, ...rules];
  return { schemaValid, valid: !all.some(({ severity }) => severity === 'error'), findings: all };
}

/** The judgement of what is not read at all. */
export function refused(message: string): Judgement {
  const finding: Finding = { source: 'schema', severity: 'error', code: 'X001', line: 0, path: '', message };
  return { schemaValid: false, valid: false, findings: [finding] };
}

/** The message for the rules; nothing where it crosses a limit, which the schema's findings tell. */
function treeOf(bytes: Uint8Array): MessageElement | undefined {
  try {
    return readMessageTree(bytes);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function ruleFindings(root: MessageElement, schemaValid: boolean, options: JudgeOptions): readonly Finding[] {
  const { now, production, lists } = options;
  const version = attributeOf(root, 'version');
  const standard = attributeOf(root, 'standard');
  // What a schema at hand accepts is a version that we serve, also when it is newer than this release.
  const own =
    schemaValid && version !== undefined && standard !== undefined
      ? [{ namespace: root.namespace, standard, version, ...daysOfRelease(version) }]
      : [];
  const served = [
    ...KNOWN_VERSIONS,
    ...own.filter(({ namespace }) => !KNOWN_VERSIONS.some((each) => each.namespace === namespace)),
  ];
  const found = checkMessage(root, { now, production, served, lists });
  return found.map((finding) => ({ source: 'rule', ...finding }));
}
