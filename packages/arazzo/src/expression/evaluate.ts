import { memberOf } from '../document/json.ts';
import { resolvePointer } from '../document/pointer.ts';
import type { EmbeddedExpression } from './embedded.ts';
import type { Expression, MessageSource } from './expression.ts';
import { splitName } from './known-name.ts';
import { followPath } from './property-path.ts';
import type { Exchange, Scope } from './scope.ts';
import { select } from './selector.ts';
import type { Template } from './template.ts';

/**
 * The value of an expression, `undefined` when there is none. Values from inputs and messages are returned as they are:
 * text in them that looks like an expression is never evaluated.
 */
export function evaluateExpression(expression: Expression, scope: Scope): unknown {
  switch (expression.kind) {
    case 'url':
      return scope.exchange?.url;
    case 'method':
      return scope.exchange?.method;
    case 'status-code':
      return scope.exchange?.response?.status;
    case 'message':
      return scope.exchange && readMessage(scope.exchange, expression.message, expression.source);
    case 'channel-message':
      // Steps over channels are not run, so there is no message.
      return undefined;
    case 'self':
      return scope.self;
    case 'input':
      return readNamed(scope.inputs, expression);
    case 'output':
      return readNamed(scope.outputs ?? {}, expression);
    case 'step-output': {
      const outputs = scope.steps.get(expression.stepId) ?? noOutputs;
      return readKnown(outputs.keys(), (name) => outputs.get(name), expression);
    }
    case 'workflow-value':
      return readNamed(scope.workflows.get(expression.workflowId)?.[expression.field] ?? {}, expression);
    case 'source-description':
      return memberOf(scope.sources.get(expression.name), expression.field);
    case 'component':
      return readComponent(expression.name, scope);
  }
}

interface Reference {
  readonly name: string;
  readonly pointer?: readonly string[];
}

const noOutputs: ReadonlyMap<string, unknown> = new Map();

function readNamed(values: Readonly<Record<string, unknown>>, reference: Reference): unknown {
  return readKnown(Object.keys(values), (name) => memberOf(values, name), reference);
}

function readKnown(names: Iterable<string>, read: (name: string) => unknown, reference: Reference): unknown {
  const known = splitName(reference.name, names);
  const value = known && followPath(read(known.name), known.path);
  return resolvePointer(value, reference.pointer ?? []);
}

/** The value of a component parameter, in which other components have none: they could lead in circles. */
function readComponent(name: string, { components, ...scope }: Scope): unknown {
  const template = components?.get(name);
  return template && evaluateTemplate(template, scope);
}

function readMessage(exchange: Exchange, message: 'request' | 'response', source: MessageSource): unknown {
  switch (source.kind) {
    case 'header':
      return readHeader(exchange, message, source.name.toLowerCase());
    case 'query':
      return exchange.request.query.get(source.name);
    case 'path':
      return exchange.request.path.get(source.name);
    case 'body':
      return followPath(resolvePointer(exchange[message]?.body, source.pointer ?? []), source.path ?? []);
  }
}

/** A header given several times is one list (RFC 9110 §5.3), except `Set-Cookie`, of which the first is taken. */
function readHeader(exchange: Exchange, message: 'request' | 'response', name: string): string | undefined {
  if (message === 'request') return exchange.request.headers.get(name);
  const values =
    exchange.response && Object.hasOwn(exchange.response.headers, name) ? exchange.response.headers[name] : undefined;
  return name === 'set-cookie' ? values?.[0] : values?.join(', ');
}

/**
 * The value of a template, `undefined` when there is none: text that embeds an absent value is itself absent, and absent
 * members and items are left out.
 */
export function evaluateTemplate(template: Template, scope: Scope): unknown {
  switch (template.kind) {
    case 'literal':
      return template.value;
    case 'expression':
      return evaluateExpression(template.expression, scope);
    case 'selector':
      return select(template, evaluateExpression(template.expression, scope));
    case 'text':
      return evaluateText(template.parts, scope);
    case 'list':
      return template.items.map((item) => evaluateTemplate(item, scope)).filter((value) => value !== undefined);
    case 'object': {
      const members = template.members.map(([name, member]) => [name, evaluateTemplate(member, scope)] as const);
      return Object.fromEntries(members.filter(([, value]) => value !== undefined));
    }
  }
}

/** Text with the values in place of its expressions; `undefined` when one has none. */
export function evaluateText(parts: readonly (string | EmbeddedExpression)[], scope: Scope): string | undefined {
  const values = parts.map((part) => (typeof part === 'string' ? part : evaluateExpression(part.expression, scope)));
  return values.includes(undefined) ? undefined : values.map(toText).join('');
}

/** A value embedded in text: scalars as they are written, objects and lists as JSON. */
export function toText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
