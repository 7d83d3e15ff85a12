import { expect } from 'vitest';
import type { ControlPlaneClient, Members, Outcome } from './client.ts';
import { labelsOf, operationOf } from './operations.ts';

/** How members are spelled on the wire. */
export type Spelling = 'wire-names' | 'member-names';

/**
 * Bare HTTP in either dialect. Every answer is held to what the protocol promises of all of them: headers, bodies that are JSON
 * or nothing, and members spelled as the dialect has them.
 */
export async function createHttpClient(endpoint: string, spelling: Spelling): Promise<ControlPlaneClient> {
  const root = spelling === 'wire-names' ? endpoint : `${endpoint}/_gatewright/member-names`;
  return {
    async call(operation, input) {
      const { method } = operationOf(operation);
      const { path, others } = splitLabels(operation, input);
      const members = spelling === 'wire-names' ? (respell(others, toWireName) as Members) : others;
      const hasBody = method !== 'GET' && method !== 'DELETE';
      const response = await fetch(`${root}${path}${hasBody ? '' : toQuery(members)}`, {
        method,
        ...(hasBody && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(members),
        }),
      });
      return readOutcome(response, spelling);
    },
    close: async () => {},
  };
}

async function readOutcome(response: Response, spelling: Spelling): Promise<Outcome> {
  const { status, headers } = response;
  const text = await response.text();
  expect(headers.get('content-type')).toBe('application/json');
  expect(headers.get('x-amzn-requestid')).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  expect(headers.get('x-amz-apigw-id')).toMatch(/^[A-Za-z0-9_=-]{16}$/);
  expect(text === '').toBe(status === 204);
  const output = text === '' ? {} : (respell(JSON.parse(text), nameReader(spelling)) as Members);
  const code = headers.get('x-amzn-errortype');
  expect(code !== null).toBe(status >= 400);
  return code === null ? { kind: 'answered', status, output } : { kind: 'refused', status, code, details: output };
}

function splitLabels(operation: string, input: Members): { readonly path: string; readonly others: Members } {
  const labels = labelsOf(operation);
  const path = operationOf(operation).path.replaceAll(/\{(\w+)\}/g, (_label, name: string) =>
    encodeURIComponent(String(input[toMemberName(name)])),
  );
  return { path, others: Object.fromEntries(Object.entries(input).filter(([name]) => !labels.includes(name))) };
}

/** A list is a parameter that is repeated. */
function toQuery(members: Members): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(members)) {
    for (const item of [value].flat()) parameters.append(name, String(item));
  }
  return parameters.size === 0 ? '' : `?${parameters}`;
}

/** Members whose keys are the user's. */
const maps: ReadonlySet<string> = new Set([
  'Tags',
  'StageVariables',
  'RouteSettings',
  'RequestParameters',
  'RequestTemplates',
  'RequestModels',
  'ResponseParameters',
  'ResponseTemplates',
  'ResponseModels',
]);

/** Respells the members of structures, at every depth. */
function respell(value: unknown, spell: (name: string) => string, isMap = false): unknown {
  if (Array.isArray(value)) return value.map((item) => respell(item, spell));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      // Parameters of an HTTP API's responses are a map of maps, of keys that are no names.
      const isOurs = !isMap && !key.includes(':');
      return [isOurs ? spell(key) : key, respell(member, spell, isOurs && maps.has(toMemberName(key)))];
    }),
  );
}

function nameReader(spelling: Spelling): (name: string) => string {
  return (name) => {
    expect(name, `a member in ${spelling}`).toMatch(spelling === 'wire-names' ? /^[a-z]/ : /^[A-Z]/);
    return toMemberName(name);
  };
}

function toWireName(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function toMemberName(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
