import { describe, expect, it } from 'vitest';
import { makeTemplateVariables, type TemplateScope } from './api-gateway-variables.ts';
import { compileTemplate, renderTemplate } from './template.ts';

const scope: TemplateScope = {
  context: {
    connection: {
      apiId: 'abc123',
      stage: 'dev',
      domainName: 'example.test',
      connectionId: 'c1',
      connectedAt: 1_700_000_000_000,
      sourceIp: '192.0.2.1',
    },
    eventType: 'MESSAGE',
    routeKey: 'order',
    requestId: 'r1',
    requestTimeEpoch: 1_700_000_000_123,
    messageId: 'm1',
  },
  stageVariables: { table: 'orders', 'a b': 'c', constructor: 'own' },
  body: '{"action":"order","items":[{"id":1,"price":2.50},{"id":2,"price":1e3}],"note":"it\'s","big":12345678901234,"none":null}',
};

function render(template: string, changes: Partial<TemplateScope> = {}): string {
  const compiled = compileTemplate(template);
  if (compiled.kind === 'invalid') return compiled.message;
  const rendered = renderTemplate(compiled.template, makeTemplateVariables({ ...scope, ...changes }));
  return rendered.kind === 'rendered' ? rendered.text : `failed: ${rendered.reason}`;
}

describe('$context', () => {
  it.each([
    ['$context.connectionId $context.apiId/$context.stage', 'c1 abc123/dev'],
    ['$context.identity.sourceIp|$context.identity.userAgent|', '192.0.2.1||'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a mapping template.
    ['${context.requestId}${context.extendedRequestId}', 'r1r1'],
    ['#set($seconds = $context.requestTimeEpoch / 1000)$seconds', '1700000000'],
    ['#set($expires = $context.connectedAt + 3600)$expires', '1700000003600'],
    ['[$context.nothing][$context.authorizer.principalId][$context.error.messageString]', '[][][]'],
    ['#if($context.authorizer.principalId == "")anonymous#end', 'anonymous'],
  ])('%j gives %j', (template, text) => {
    expect(render(template)).toBe(text);
  });

  it('takes further variables from who renders the template', () => {
    const contextVariables = new Map([['status', '403']]);
    expect(render('#set($next = $context.status + 1)$next', { contextVariables })).toBe('404');
  });
});

describe('$stageVariables', () => {
  it.each([
    [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a mapping template.
      "$stageVariables.table $stageVariables['table'] ${stageVariables['table']} $stageVariables.get('a b')",
      'orders orders orders c',
    ],
    ['[$stageVariables.nothing]', '[]'],
    ['$stageVariables.constructor', 'own'],
    ['#foreach($name in $stageVariables.keySet())$name;#end', 'table;a b;constructor;'],
  ])('%j gives %j', (template, text) => {
    expect(render(template)).toBe(text);
  });
});

describe('$input', () => {
  it.each([
    ['$input.body', scope.body],
    ["$input.json('$.action')", '"order"'],
    ["$input.json('$.items')", '[{"id":1,"price":2.5},{"id":2,"price":1000.0}]'],
    ["$input.json('$.items[1].id')", '2'],
    ["$input.json('$.items[*].id')", '[1,2]'],
    ["$input.json('$..id')", '[1,2]'],
    ["$input.json('$.none') $input.json('$.big')", 'null 12345678901234'],
    ["$input.path('$.action') $input.path('$').action $input.path('$.items[0]')", 'order order {id=1, price=2.5}'],
    ["#foreach($item in $input.path('$.items'))$item.id:$item.price;#end", '1:2.5;2:1000.0;'],
    ["$input.path('$.items').size() $input.path('$.items.length()')", '2 2'],
    ["[$input.path('$.nothing')][$input.json('$.nothing')]", '[][""]'],
    ["$input.json('$.items[?(@.id == 2)].price')", '[1000.0]'],
    ["$input.path('$.items.max()')", expect.stringContaining('failed: A JSONPath of the template')],
    ['$input.nothing $input.json()', '$input.nothing $input.json()'],
  ])('%j gives %j', (template, text) => {
    expect(render(template)).toEqual(text);
  });

  it('comes to an end when a template puts the body into itself', () => {
    const itself = "#set($root = $input.path('$'))#set($root.self = $root)";
    expect(render(`${itself}$input.path('$..action').size()`)).toBe('101');
    expect(render(`${itself}$input.json('$')`)).toMatch(/nested too deeply/);
  });

  it('reads an empty body as an empty object, and fails when the body is no JSON', () => {
    expect(render("[$input.body]$input.json('$')", { body: '' })).toBe('[]{}');
    expect(render("$input.json('$')", { body: 'hello' })).toMatch(/^failed: .*is none\.$/);
    expect(render('$input.body', { body: 'hello' })).toBe('hello');
  });

  it('reads the parameters of a handshake, of several values the last', () => {
    const handshake = { headers: [['X-Key', 'k']] as const, query: 'user=ann&user=bob%20c' };
    expect(render("$input.params('user') $input.params('x-key') [$input.params('z')]", { handshake })).toBe(
      'bob c k []',
    );
    expect(render('$input.params()', { handshake })).toBe('{path={}, querystring={user=bob c}, header={X-Key=k}}');
    expect(render("[$input.params('user')]$input.params().querystring")).toBe('[]{}');
  });
});

describe('$util', () => {
  it.each([
    [`$util.escapeJavaScript($input.path('$.note'))`, `it\\'s`],
    [`$util.escapeJavaScript($input.json('$.action'))`, '\\"order\\"'],
    [`$util.escapeJavaScript("é/\\u0001\n")`, '\\u00E9\\/\\u0001\\n'],
    [`$util.urlEncode("a b&c=d/é~*-._'()!")`, 'a+b%26c%3Dd%2F%C3%A9%7E*-._%27%28%29%21'],
    [`$util.urlDecode("a+b%20%C3%A9")`, 'a b é'],
    [`$util.urlDecode("%zz")`, expect.stringContaining('failed: ')],
    [`$util.base64Encode("hé") $util.base64Decode("aMOp")`, 'aMOp hé'],
    [`$util.base64Decode("a!")`, expect.stringContaining('failed: ')],
    [`#set($o = $util.parseJson('{"a":[1,{"b":2.0}]}'))$o.a[1].b`, '2.0'],
    [`$util.parseJson("{")`, expect.stringContaining('failed: ')],
    ['$util.urlEncode($nothing) $util.nothing("a")', '$util.urlEncode($nothing) $util.nothing("a")'],
  ])('%j gives %j', (template, text) => {
    expect(render(template)).toEqual(text);
  });
});
