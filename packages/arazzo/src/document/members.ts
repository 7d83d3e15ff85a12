import type { DiagnosticCode, Severity } from '../diagnostic.ts';
import { isRecord, type JsonRecord, jsonTypeOf, quote } from './json.ts';
import { childPointer } from './pointer.ts';
import type { Finding } from './source-file.ts';
import { suggest } from './suggest.ts';

/** Whether a fixed field is REQUIRED by the specification. */
export type Presence = 'required' | 'optional';

/** What an object may hold, besides `x-` extensions. */
export interface Shape {
  /** As messages name it, such as `step "createApi"`. */
  readonly subject: string;
  readonly known: readonly string[];
}

/** Fields that authors bring from elsewhere, with what is said of them. */
const hints: ReadonlyMap<string, string> = new Map([
  ['$ref', ' Components are referred to by "reference" and a runtime expression.'],
  ['<<', ' YAML 1.2 has no merge keys.'],
]);

/** The items of every list that is not there. */
const none: readonly never[] = [];

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isThere<Item>(item: Item | undefined): item is Item {
  return item !== undefined;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Reads an object field by field and collects what does not fit the specification. */
export class Members {
  readonly pointer: string;
  readonly #record: JsonRecord;
  readonly #subject: string;
  readonly #findings: Finding[];

  constructor(record: JsonRecord, pointer: string, shape: Shape, findings: Finding[]) {
    this.pointer = pointer;
    this.#record = record;
    this.#subject = shape.subject;
    this.#findings = findings;
    this.#reportUnknown(shape);
  }

  /** Reads an object, or reports that the value is none. */
  static read(value: unknown, pointer: string, shape: Shape, findings: Finding[]): Members | undefined {
    if (isRecord(value)) return new Members(value, pointer, shape, findings);
    const message = `The ${shape.subject} is ${quote(value)}; an object was expected.`;
    findings.push({ code: 'wrong-type', severity: 'error', message, pointer });
    return undefined;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#record, name);
  }

  /** The field as it is, `undefined` when absent. */
  value(name: string, presence: Presence = 'optional'): unknown {
    if (this.has(name)) return this.#record[name];
    if (presence === 'required') {
      const message = `The ${this.#subject} has no "${name}", which is required.`;
      this.report('missing-member', message, this.pointer);
    }
    return undefined;
  }

  string(name: string, presence: Presence = 'optional'): string | undefined {
    return this.#typed(name, presence, 'a string', isString);
  }

  /** A string that names something: empty is reported. */
  identifier(name: string): string | undefined {
    const text = this.string(name, 'required');
    if (text !== '') return text;
    this.report('invalid-value', `The "${name}" of the ${this.#subject} is empty; a name was expected.`, this.at(name));
    return undefined;
  }

  /** A number of at least zero. */
  amount(name: string, kind: 'number' | 'integer'): number | undefined {
    const expected = kind === 'integer' ? 'a non-negative integer' : 'a non-negative number';
    return this.#typed(name, 'optional', expected, (value): value is number => {
      return typeof value === 'number' && value >= 0 && (kind === 'number' || Number.isInteger(value));
    });
  }

  record(name: string): JsonRecord | undefined {
    return this.#typed(name, 'optional', 'an object', isRecord);
  }

  /** The items of a list field, each read by `read`; those it cannot read are left out. */
  list<Item>(
    name: string,
    read: (value: unknown, pointer: string) => Item | undefined,
    presence: Presence = 'optional',
  ): readonly Item[] {
    const items = this.#typed(name, presence, 'a list', isList);
    if (presence === 'required' && items?.length === 0) {
      const message = `The "${name}" of the ${this.#subject} is empty; at least one entry was expected.`;
      this.report('invalid-value', message, this.at(name));
    }
    if (items === undefined) return none;
    const list = this.at(name);
    const all = items.map((item, index) => read(item, childPointer(list, index)));
    return all.every(isThere) ? all : all.filter(isThere);
  }

  at(name: string): string {
    return childPointer(this.pointer, name);
  }

  report(code: DiagnosticCode, message: string, pointer: string, severity: Severity = 'error'): void {
    this.add({ code, severity, message, pointer });
  }

  add(finding: Finding): void {
    this.#findings.push(finding);
  }

  #typed<Value>(
    name: string,
    presence: Presence,
    expected: string,
    fits: (value: unknown) => value is Value,
  ): Value | undefined {
    const value = this.value(name, presence);
    if (value === undefined || fits(value)) return value;
    const message = `The "${name}" of the ${this.#subject} is ${quote(value)} (${jsonTypeOf(value)}); ${expected} was expected.`;
    this.report('wrong-type', message, this.at(name));
    return undefined;
  }

  #reportUnknown(shape: Shape): void {
    const unknown = Object.keys(this.#record).filter((name) => !shape.known.includes(name) && !name.startsWith('x-'));
    for (const name of unknown) {
      const message = `The ${this.#subject} has "${name}", which is no field of the specification.${hints.get(name) ?? suggest(name, shape.known)}`;
      this.#findings.push({
        code: 'unknown-member',
        severity: 'warning',
        message,
        pointer: this.at(name),
        about: 'key',
      });
    }
  }
}
