import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServingProcess, startServing } from '../harness/gatewright.ts';

let serving: ServingProcess;

beforeAll(async () => {
  serving = await startServing(['serve']);
});

afterAll(() => serving.kill());

/** Keys that are members' names, and those that every object of JavaScript has. JSON keeps `__proto__` as a key. */
const userMap = (value: string): string =>
  `{"apiId":${value},"ApiId":${value},"Tags":${value},"__proto__":${value},"constructor":${value},"toString":${value}}`;

describe.each([
  ['wire names', '/v2/apis', (name: string) => name.charAt(0).toLowerCase() + name.slice(1)],
  ['member names', '/_gatewright/member-names/v2/apis', (name: string) => name],
] as const)('bodies in %s', (_title, path, spell) => {
  const spelled = (json: string): string => json.replaceAll(/@(\w+)/g, (_match, name: string) => `"${spell(name)}"`);

  async function exchange(method: string, target: string, json: string) {
    const response = await fetch(serving.gateway + target, {
      method,
      headers: { 'content-type': 'application/json' },
      body: spelled(json),
    });
    return { status: response.status, text: await response.text() };
  }

  async function createApi(tags: string): Promise<string> {
    const members = '@Name:"a",@ProtocolType:"WEBSOCKET",@RouteSelectionExpression:"$request.body.action"';
    const { text } = await exchange('POST', path, `{${members},@Tags:${tags}}`);
    return text;
  }

  const idOf = (text: string): string => String((JSON.parse(text) as Record<string, string>)[spell('ApiId')]);

  it.each<[string, string, (member: string) => string]>([
    ['integrations', 'RequestTemplates', (member) => `{@IntegrationType:"MOCK",${member}:${userMap('"{}"')}}`],
    ['stages', 'RouteSettings', (member) => `{@StageName:"dev",${member}:${userMap('{@ThrottlingBurstLimit:1}')}}`],
    ['stages', 'StageVariables', (member) => `{@StageName:"test",${member}:${userMap('"x"')}}`],
    ['stages', 'Tags', (member) => `{@StageName:"prod",${member}:${userMap('"x"')}}`],
  ])('of %s leave the keys of %s as they are', async (collection, member, body) => {
    const apiId = idOf(await createApi('{}'));
    const sent = body(`@${member}`);
    const { status, text } = await exchange('POST', `${path}/${apiId}/${collection}`, sent);
    expect({ status, text }).toMatchObject({ status: 201 });
    const [map] = /\{"apiId".*\}/.exec(spelled(sent).slice(0, -1)) ?? [];
    expect(text).toContain(`"${spell(member)}":${map}`);
  });

  it('leave the keys of tags as they are, also when there is nothing but "__proto__"', async () => {
    expect(await createApi('{"__proto__":"x"}')).toContain(`"${spell('Tags')}":{"__proto__":"x"}`);
  });

  it('do not take members in the other spelling, which are unknown and ignored', async () => {
    const other = spell('Name') === 'Name' ? 'name' : 'Name';
    const { status, text } = await exchange('POST', path, `{"${other}":"a",@ProtocolType:"WEBSOCKET"}`);
    expect(status).toBe(400);
    expect(JSON.parse(text)).toEqual({ [spell('Message')]: `"${spell('Name')}" is required.` });
  });

  it('have pages whose parameters are in wire names, as documents in either declare them', async () => {
    await createApi('{}');
    await createApi('{}');
    const read = async (query: string) =>
      (await (await fetch(`${serving.gateway}${path}?maxResults=1${query}`)).json()) as Record<string, unknown>;
    const first = await read('');
    const second = await read(`&nextToken=${first[spell('NextToken')]}`);
    expect([first, second].map((page) => page[spell('Items')])).toEqual([[expect.anything()], [expect.anything()]]);
    expect(second[spell('Items')]).not.toEqual(first[spell('Items')]);
  });
});
