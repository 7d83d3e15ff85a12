import { describe, expect, it } from 'vitest';
import type { Integration, IntegrationResponse } from '../model/resources.ts';
import type { Exchange, ExchangeAnswer, ExchangeRequest } from './exchange.ts';
import type { IntegrationCall, IntegrationResult } from './integration.ts';
import { compileNonProxy } from './non-proxy.ts';

const context: IntegrationCall['context'] = {
  connection: { apiId: 'a', stage: 'dev', domainName: 'd', connectionId: 'c', connectedAt: 0, sourceIp: '::1' },
  eventType: 'MESSAGE',
  routeKey: 'echo',
  requestId: 'r',
  requestTimeEpoch: 0,
};
const message: IntegrationCall = {
  kind: 'message',
  context,
  text: '{"kind":"a","data":"aGk="}',
  json: { kind: 'a', data: 'aGk=' },
  wantsReply: true,
};
const connect: IntegrationCall = {
  kind: 'connect',
  context: { ...context, eventType: 'CONNECT' },
  handshake: { headers: [], query: '' },
};

const base: Integration = {
  integrationId: 'integ1',
  integrationType: 'HTTP',
  connectionType: 'INTERNET',
  passthroughBehavior: 'WHEN_NO_MATCH',
  payloadFormatVersion: '1.0',
  timeoutInMillis: 29_000,
};

/** Stands for an answer of which there is nothing to compare. */
const noSelection = 'none';

interface Outcome {
  readonly requests: readonly ExchangeRequest[];
  readonly result: IntegrationResult;
}

async function run(
  members: Partial<Integration>,
  responses: Readonly<Record<string, Partial<IntegrationResponse>>> = { $default: {} },
  answer: Partial<ExchangeAnswer> = {},
  call: IntegrationCall = message,
): Promise<Outcome> {
  const requests: ExchangeRequest[] = [];
  const exchange: Exchange = async (request) => {
    requests.push(request);
    const { selection = '200', ...others } = answer;
    const answered = { kind: 'answered', status: 200, headers: {}, body: Buffer.from('{"a":[1]}') } as const;
    return { ...answered, ...others, ...(selection !== noSelection && { selection }) };
  };
  const integrationResponses = Object.fromEntries(
    Object.entries(responses).map(([integrationResponseKey, response], index) => [
      `id${index}`,
      { integrationResponseId: `id${index}`, integrationResponseKey, ...response },
    ]),
  );
  const result = await compileNonProxy(
    { integration: { ...base, ...members }, integrationResponses },
    { mode: 'blue' },
    exchange,
  )(call);
  return { requests, result };
}

function textOf(result: IntegrationResult): string {
  return result.kind === 'answered'
    ? `${result.status} ${Buffer.from(result.body).toString('utf8')}`
    : `${result.kind === 'failed' ? result.cause : result.kind}: ${result.reason}`;
}

describe('the request of a non-proxy integration', () => {
  const templates = { a: 'A $input.body', b: 'B', $default: 'D' };
  const expression = '$request.body.kind';
  it.each<[string, Partial<Integration>, string | Uint8Array]>([
    ['the message without templates', {}, message.text],
    [
      'the template that the expression selects',
      { requestTemplates: templates, templateSelectionExpression: expression },
      `A ${message.text}`,
    ],
    ['$default without an expression', { requestTemplates: templates }, 'D'],
    ['$default by its escaped name', { requestTemplates: templates, templateSelectionExpression: '\\$default' }, 'D'],
    ['$default when no key fits', { requestTemplates: templates, templateSelectionExpression: 'x' }, 'D'],
    ['the message when no key fits', { requestTemplates: { b: 'B' }, templateSelectionExpression: 'x' }, message.text],
    ['an empty template as it is', { requestTemplates: { $default: '' } }, ''],
    [
      'the message without templates, WHEN_NO_TEMPLATES',
      { passthroughBehavior: 'WHEN_NO_TEMPLATES', requestTemplates: {} },
      message.text,
    ],
    [
      'bytes after CONVERT_TO_BINARY',
      { contentHandlingStrategy: 'CONVERT_TO_BINARY', requestTemplates: { $default: "$input.path('$.data')" } },
      Buffer.from('hi'),
    ],
    ['text after CONVERT_TO_TEXT', { contentHandlingStrategy: 'CONVERT_TO_TEXT' }, message.text],
  ])('is %s', async (_case, members, body) => {
    const { requests } = await run(members);
    expect(requests.map((request) => request.body)).toEqual([body]);
  });

  it('has the mapped parameters, and is without a body on $connect', async () => {
    const requestParameters = { 'integration.request.header.id': 'context.connectionId' };
    const { requests } = await run({ requestParameters }, {}, {}, connect);
    expect(requests).toEqual([
      { call: connect, body: '', parameters: { headers: [['id', 'c']], query: '', path: new Map() } },
    ]);
  });

  it.each([
    [
      'NEVER without templates',
      { passthroughBehavior: 'NEVER' },
      'no-template: No request template of integration "integ1" was selected, there is none under "$default", and its passthrough behavior is "NEVER".',
    ],
    [
      'NEVER without a match',
      { passthroughBehavior: 'NEVER', requestTemplates: { b: 'B' }, templateSelectionExpression: 'x' },
      'no-template: No request template of integration "integ1" was selected, there is none under "$default", and its passthrough behavior is "NEVER".',
    ],
    [
      'WHEN_NO_TEMPLATES without a match',
      { passthroughBehavior: 'WHEN_NO_TEMPLATES', requestTemplates: { b: 'B' }, templateSelectionExpression: 'x' },
      'no-template: No request template of integration "integ1" was selected, there is none under "$default", and its passthrough behavior is "WHEN_NO_TEMPLATES".',
    ],
    [
      'CONVERT_TO_BINARY of a text that is not in Base64',
      { contentHandlingStrategy: 'CONVERT_TO_BINARY' },
      'misconfigured: Integration "integ1" converts its request to binary, and the request is not in Base64.',
    ],
    [
      'a template that cannot be rendered',
      { requestTemplates: { $default: '$util.parseJson("x")' } },
      'misconfigured: The request template "$default" of integration "integ1" cannot be rendered: At line 1, column 1: "$util.parseJson" was given a text that is no JSON.',
    ],
    [
      'a parameter without source',
      { requestParameters: { 'integration.request.header.a': 'b' } },
      'misconfigured: The request parameter "integration.request.header.a" is not valid: "b" is no source; a "route.request." parameter, "stageVariables.", "context." or a text in single quotes is expected.',
    ],
  ] as const)('is never made with %s', async (_case, members, text) => {
    const { requests, result } = await run(members);
    expect([requests.length, textOf(result)]).toEqual([0, text]);
  });
});

describe('the integration response', () => {
  const two = { $default: { responseTemplates: { $default: 'other' } } };
  it.each([
    ['/2\\d\\d/', '200', '200 picked'],
    ['/2\\d{2}/', '200', '200 picked'],
    ['/20/', '200', '200 other'],
    ['/20|200/', '200', '200 picked'],
    ['/4\\d\\d/', '200', '200 other'],
    ['/(?i).*bad request.*/', 'Error: Bad Request', '200 picked'],
    ['/.*/', 'two\nlines', '200 other'],
    ['/(.|\\n)*/', 'two\nlines', '200 picked'],
    ['/\\Qa.b\\E/', 'a.b', '200 picked'],
    ['/.*/', noSelection, '200 other'],
  ])('with the key %s is selected for %j: %s', async (key, selection, text) => {
    const responses = { ...two, [key]: { responseTemplates: { $default: 'picked' } } };
    const { result } = await run({}, responses, { selection });
    expect(textOf(result)).toBe(text);
  });

  it('is the first that matches, by their keys', async () => {
    const responses = {
      '/b?200/': { responseTemplates: { $default: 'second' } },
      '/200/': { responseTemplates: { $default: 'first' } },
    };
    expect(textOf((await run({}, responses)).result)).toBe('200 first');
  });

  it.each<[string, Partial<IntegrationResponse>, Partial<ExchangeAnswer>, string]>([
    ['the body without templates', {}, {}, '200 {"a":[1]}'],
    [
      'a rendered template',
      { responseTemplates: { $default: "$input.json('$.a') $context.status" } },
      {},
      '200 [1] 200',
    ],
    [
      'the template selected by the status',
      {
        responseTemplates: { '404': 'none', $default: 'some' },
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a selection expression.
        templateSelectionExpression: '${integration.response.statuscode}',
      },
      { status: 404 },
      '404 none',
    ],
    [
      'the template selected by a header',
      {
        responseTemplates: { json: 'J' },
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a selection expression.
        templateSelectionExpression: '${integration.response.header.X-Kind}',
      },
      { headers: { 'x-kind': ['xml', 'json'] } },
      '200 J',
    ],
    [
      'the template selected by all values of a header',
      {
        responseTemplates: { '[a, b]': 'AB' },
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a selection expression.
        templateSelectionExpression: '${integration.response.multivalueheader.X-Kind}',
      },
      { headers: { 'x-kind': ['a', 'b'] } },
      '200 AB',
    ],
    [
      'no template selected by what JavaScript gives every object',
      {
        responseTemplates: { '': 'nothing' },
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a selection expression.
        templateSelectionExpression: '${integration.response.header.constructor}',
      },
      {},
      '200 nothing',
    ],
    [
      'the template selected by the answer',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a selection expression.
      { responseTemplates: { '1': 'one' }, templateSelectionExpression: '${integration.response.body.a[0]}' },
      {},
      '200 one',
    ],
    [
      'the template selected by the message',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a selection expression.
      { responseTemplates: { a: 'by kind' }, templateSelectionExpression: '${request.body.kind}' },
      {},
      '200 by kind',
    ],
    [
      'Base64 of bytes after CONVERT_TO_TEXT',
      { contentHandlingStrategy: 'CONVERT_TO_TEXT' },
      { body: bytes() },
      '200 /wA=',
    ],
    ['text after CONVERT_TO_TEXT', { contentHandlingStrategy: 'CONVERT_TO_TEXT' }, {}, '200 {"a":[1]}'],
    [
      'what Base64 spells after CONVERT_TO_BINARY',
      { contentHandlingStrategy: 'CONVERT_TO_BINARY', responseTemplates: { $default: 'aGk=' } },
      {},
      '200 hi',
    ],
  ])('gives %s', async (_case, response, answer, text) => {
    expect(textOf((await run({}, { $default: response }, answer)).result)).toBe(text);
  });

  it.each<[string, Readonly<Record<string, Partial<IntegrationResponse>>>, string]>([
    [
      'there is none for a message',
      {},
      'Integration "integ1" has no integration response, so there is nothing to reply with; one with the key "$default" is expected.',
    ],
    [
      'none matches',
      { '/4../': {} },
      'No integration response of integration "integ1" matches the answer with status 200, and there is none with the key "$default".',
    ],
    [
      'its template cannot be rendered',
      { $default: { responseTemplates: { $default: '{\n  "a": $util.parseJson("x")}' } } },
      'The template "$default" of the integration response "$default" of integration "integ1" cannot be rendered: At line 2, column 8: "$util.parseJson" was given a text that is no JSON.',
    ],
    [
      'its template sets a status that is none',
      { $default: { responseTemplates: { $default: '#set($context.responseOverride.status = 42)' } } },
      'The template "$default" of the integration response "$default" of integration "integ1" sets the status "42"; 200 to 599 is expected.',
    ],
    [
      'its body is not in Base64',
      { $default: { contentHandlingStrategy: 'CONVERT_TO_BINARY' } },
      'What the integration response "$default" of integration "integ1" converts to binary is not in Base64.',
    ],
    [
      'a key is no pattern',
      { '/(/': {} },
      'Integration "integ1" has an integration response with the key "/(/", which is no pattern: The regular expression is not valid, or not available here.',
    ],
  ])('fails when %s', async (_case, responses, reason) => {
    expect((await run({}, responses)).result).toEqual({ kind: 'failed', cause: 'misconfigured', reason });
  });

  it('that makes more than a message may have fails', async () => {
    const body = Buffer.from(`["${'a'.repeat(131_072)}"]`);
    const template = { responseTemplates: { $default: "$input.json('$[0]').length()" } };
    expect(textOf((await run({}, { $default: template }, { body })).result)).toBe('200 131074');
    expect(textOf((await run({}, { $default: {} }, { body })).result)).toBe(
      'bad-answer: What the integration response "$default" of integration "integ1" makes is 131076 bytes long; at most 131072 are expected.',
    );
  });

  it('that takes too long to select fails', async () => {
    const { result } = await run({}, { '/(a+)+/': {} }, { selection: `${'a'.repeat(40)}!` });
    expect(textOf(result)).toBe(
      'misconfigured: Integration "integ1": the key "/(a+)+/" of an integration response cannot be matched: The regular expression takes too long.',
    );
  });

  it('is not asked for where nobody reads it', async () => {
    const { result } = await run({}, {}, { status: 500 }, { ...message, wantsReply: false });
    expect(result).toEqual({ kind: 'answered', status: 500, headers: {}, body: new Uint8Array() });
  });

  it('gives a handshake headers, and only the mapped ones', async () => {
    const responseParameters = {
      'method.response.header.Sec-WebSocket-Protocol': 'integration.response.header.X-Protocol',
      'method.response.header.all': 'integration.response.multivalueheader.x-tag',
      'route.response.header.first': 'integration.response.body.a[0]',
      'method.response.header.mode': 'stageVariables.mode',
      'method.response.header.id': 'context.connectionId',
      'method.response.header.literal': "'a\r\nb'",
      'method.response.header.missing': 'integration.response.body.b',
      'method.response.header.inherited': 'integration.response.header.constructor',
    };
    const answer = { headers: { 'x-protocol': 'chat', 'x-tag': ['1', '2'], other: 'x' } };
    const { result } = await run({}, { $default: { responseParameters } }, answer, connect);
    expect(result).toMatchObject({
      headers: {
        'sec-websocket-protocol': ['chat'],
        all: ['1', '2'],
        first: ['1'],
        mode: ['blue'],
        id: ['c'],
        literal: ['a  b'],
      },
    });
    expect(Object.keys(result.kind === 'answered' ? result.headers : {})).toHaveLength(6);
  });

  it('sets status and headers by $context.responseOverride', async () => {
    const template = `#set($context.responseOverride.status = 403)
#set($context.responseOverride.header.X-Why = "$input.path('$.a[0]')")
#set($context.responseOverride.header["Retry-After"] = 30)
#set($context.responseOverride.header["no name"] = "x")
#set($context.responseOverride.other = "x")
no`;
    const response = {
      responseTemplates: { $default: template },
      responseParameters: { 'method.response.header.x-why': "'mapped'" },
    };
    const { result } = await run({}, { $default: response }, {}, connect);
    expect(textOf(result)).toBe('403 no');
    expect(result).toMatchObject({ headers: { 'x-why': ['1'], 'retry-after': ['30'] } });
    expect(Object.keys(result.kind === 'answered' ? result.headers : {})).toHaveLength(2);
  });

  it('is not needed by a handshake, which then has the status alone', async () => {
    expect((await run({}, {}, { status: 403 }, connect)).result).toEqual({
      kind: 'answered',
      status: 403,
      headers: {},
      body: new Uint8Array(),
    });
  });

  it('is not asked for by a back end that failed', async () => {
    const failed: IntegrationResult = { kind: 'timed-out', reason: 'Too slow.' };
    const record = { integration: base, integrationResponses: {} };
    expect(await compileNonProxy(record, {}, async () => failed)(message)).toBe(failed);
  });
});

describe('a non-proxy integration', () => {
  it('never rejects, whatever client and back end send', async () => {
    const templates = {
      a: "#foreach($i in $input.path('$..*'))$i.a[0]$velocityCount #end",
      b: "$input.json('$')$util.escapeJavaScript($input.body)",
      c: "#set($x = $input.path('$.a.b'))$x.substring(1)$x.matches($input.body)",
      $default: "$util.urlDecode($input.body)$util.base64Decode($input.path('$[0]'))",
    };
    const members: Partial<Integration> = {
      requestTemplates: templates,
      templateSelectionExpression: '$request.body.kind',
      requestParameters: {
        'integration.request.header.a': 'route.request.body.a.b[0]',
        'integration.request.path.p': 'route.request.body',
      },
    };
    const response: Partial<IntegrationResponse> = {
      responseTemplates: templates,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a selection expression.
      templateSelectionExpression: '${integration.response.body.kind}',
      responseParameters: { 'method.response.header.a': 'integration.response.body.a' },
    };
    const next = createNumbers(7);
    for (let round = 0; round < 400; round += 1) {
      const text = randomText(next);
      const body = Buffer.from(randomText(next), next() % 2 === 0 ? 'latin1' : 'utf8');
      const call: IntegrationCall = { ...message, text, json: parse(text) };
      const { result } = await run(members, { $default: response, '/2../': response }, { body }, call);
      expect(['answered', 'failed']).toContain(result.kind);
    }
  });
});

/** Numbers that look random and are the same each time: a linear congruential generator. */
function createNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
}

function randomText(next: () => number): string {
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    '"a"',
    '"kind"',
    ':',
    ',',
    '"b"',
    '1',
    'null',
    '"c"',
    '%',
    '\ud800',
    '\u0000',
    '(',
    '"ü"',
  ];
  const json = ['{"kind":"a","a":[1,{"b":"x"}]}', '{"kind":"b","a":{"b":"(a"}}', '["aGk="]', '{"kind":"c"}', '[]', '0'];
  if (next() % 2 === 0) return json[next() % json.length] ?? '';
  return Array.from({ length: next() % 40 }, () => pieces[next() % pieces.length]).join('');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function bytes(): Uint8Array {
  return Uint8Array.from([0xff, 0x00]);
}
