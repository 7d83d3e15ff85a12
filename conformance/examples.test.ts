import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatewright, type ServingProcess, startServing } from './harness/gatewright.ts';
import { connect, refusal } from './harness/web-socket-client.ts';

const document = fileURLToPath(
  new URL('../examples/without-a-back-end/without-a-back-end.arazzo.yaml', import.meta.url),
);

describe('the example without a back end', () => {
  let up: ServingProcess;
  let endpoint: string;

  beforeAll(async () => {
    up = await startServing(['up', document, '-i', 'routeSelectionExpression=$request.body.action']);
    endpoint = String(up.outputs.apiEndpoint);
  });

  afterAll(() => up.kill());

  it('has nothing that check reports', async () => {
    expect(await gatewright(['check', document])).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('lets in who knows the word', async () => {
    expect(await refusal(endpoint)).toMatchObject({ status: 401, body: '{"message":"Say the word."}' });
    const client = await connect(`${endpoint}?word=sesame`);
    await client.close(1000);
  });

  it('tells a connection its id, and takes notes that fit the model', async () => {
    const client = await connect(`${endpoint}?word=sesame`);
    client.send('{"action":"whoami"}');
    const answer = await client.message();
    expect(answer).toMatch(/^\{"you":"[\w-]{18}==","stage":"\$draft","route":"whoami"\}$/);
    client.send('{"action":"note","text":"milk"}');
    expect(await client.message()).toBe(answer.replace('whoami', 'note'));
    client.send('{"action":"note"}');
    expect(JSON.parse(await client.message())).toMatchObject({ message: 'Bad request body' });
    const told = await up.record(({ kind }) => kind === 'message-invalid');
    expect(told.reason).toBe(
      `A message on route "note" does not fit the model "Note": The value must have required property 'text'.`,
    );
    await client.close(1000);
  });
});
