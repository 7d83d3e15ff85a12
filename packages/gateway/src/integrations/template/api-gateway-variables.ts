import { type HandshakeRequest, headerValues, queryValues } from '../../model/handshake-request.ts';
import { type RequestContext, readContextVariable } from '../../model/request-context.ts';
import { mapMethods } from './collection-methods.ts';
import { callJavaMethod } from './java-method.ts';
import { parseJsonQuery, queryJson } from './json-query.ts';
import { readJson, writeJson } from './json-value.ts';
import { type Rendering, RenderingError, spend } from './rendering.ts';
import { utilityMethods } from './utilities.ts';
import { type HostMethod, type HostValue, makeInteger, makeMap, type Value } from './value.ts';

/** What the variables of a mapping template are about. */
export interface TemplateScope {
  readonly context: RequestContext;
  readonly stageVariables: Readonly<Record<string, string>>;
  /** What `$input` reads: a message, or a back end's answer; empty where there is none. */
  readonly body: string;
  /** The client's request, for `$input.params`; on `$connect` only. */
  readonly handshake?: HandshakeRequest;
  /** `$context` variables that are not the request's own, as `status`; they come before those. */
  readonly contextVariables?: ReadonlyMap<string, string>;
  /** `$context.responseOverride`, in response templates. */
  readonly responseOverride?: HostValue;
}

/** What a variable of `$context` or `$stageVariables` that has no value is: rendered, it is nothing. */
const absentVariable = '';

/** What `$input.path` gives for a path that leads nowhere; `$input.json` writes it as JSON, with its quotes. */
const absentPath = '';

/** The variables that are numbers in a template, so that one can calculate with them. */
const numericVariables: ReadonlySet<string> = new Set(['connectedAt', 'requestTimeEpoch', 'status']);

/** The parts of `$context` that have members. */
const contextGroups: ReadonlySet<string> = new Set(['authorizer', 'error', 'identity']);

const noMethods: ReadonlyMap<string, HostMethod> = new Map();

/**
 * `$context`, `$input`, `$stageVariables` and `$util`. See the developer guide, "API Gateway WebSocket API mapping template
 * and access logging variable reference".
 */
export function makeTemplateVariables(scope: TemplateScope): ReadonlyMap<string, Value> {
  return new Map<string, Value>([
    ['context', makeContext(scope, '')],
    ['input', makeInput(scope)],
    ['stageVariables', makeStageVariables(scope.stageVariables)],
    ['util', { kind: 'host', property: () => undefined, methods: utilityMethods }],
  ]);
}

function makeContext(scope: TemplateScope, prefix: string): HostValue {
  const property = (name: string): Value => {
    if (prefix === '' && name === 'responseOverride' && scope.responseOverride) return scope.responseOverride;
    if (prefix === '' && contextGroups.has(name)) return makeContext(scope, `${name}.`);
    const variable = prefix + name;
    const text = scope.contextVariables?.get(variable) ?? readContextVariable(scope.context, variable);
    if (text === undefined) return absentVariable;
    return numericVariables.has(variable) && /^\d{1,18}$/.test(text) ? makeInteger(BigInt(text)) : text;
  };
  return { kind: 'host', property, methods: noMethods };
}

const stageVariableMethods = ['containsKey', 'entrySet', 'get', 'isEmpty', 'keySet', 'size', 'values'] as const;

function makeStageVariables(stageVariables: Readonly<Record<string, string>>): HostValue {
  const map = makeMap(Object.entries(stageVariables));
  const methods = stageVariableMethods.map((name): [string, HostMethod] => [
    name,
    (parameters, rendering) => callJavaMethod(mapMethods, name, map, parameters, rendering),
  ]);
  const property = (name: string): Value =>
    Object.hasOwn(stageVariables, name) ? (stageVariables[name] ?? absentVariable) : absentVariable;
  return { kind: 'host', property, methods: new Map(methods) };
}

function makeInput(scope: TemplateScope): HostValue {
  let body: Value | undefined;
  const readBody = (rendering: Rendering): Value => {
    if (body !== undefined) return body;
    spend(rendering, scope.body.length >> 3);
    // An empty body is read as an empty object.
    body = readJson(scope.body === '' ? '{}' : scope.body);
    if (body === undefined) throw new RenderingError('"$input" was asked for JSON, and the body is none.');
    return body;
  };
  const query = (rendering: Rendering, path: string): Value => {
    spend(rendering, path.length);
    const parsed = parseJsonQuery(path);
    if (parsed.kind === 'invalid') throw new RenderingError(parsed.message);
    const found = queryJson(readBody(rendering), parsed.steps, () => spend(rendering, 1));
    return found === undefined ? absentPath : found;
  };
  const methods = new Map<string, HostMethod>([
    [
      'json',
      ([path], rendering) => (typeof path === 'string' ? writeJson(rendering, query(rendering, path)) : undefined),
    ],
    ['path', ([path], rendering) => (typeof path === 'string' ? query(rendering, path) : undefined)],
    ['params', ([name]) => (name === undefined ? allParameters(scope) : oneParameter(scope, name))],
  ]);
  return { kind: 'host', property: (name) => (name === 'body' ? scope.body : undefined), methods };
}

/** There are no path parameters in a WebSocket API. Of several values the last counts. */
function allParameters({ handshake }: TemplateScope): Value {
  return makeMap([
    ['path', makeMap()],
    ['querystring', makeMap(handshake ? [...new URLSearchParams(handshake.query)] : [])],
    ['header', makeMap(handshake?.headers ?? [])],
  ]);
}

function oneParameter({ handshake }: TemplateScope, name: Value): Value | undefined {
  if (typeof name !== 'string') return undefined;
  if (!handshake) return absentVariable;
  return queryValues(handshake, name).at(-1) ?? headerValues(handshake, name).at(-1) ?? absentVariable;
}
