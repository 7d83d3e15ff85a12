import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import { plan } from '../plan/make-plan.ts';
import { loadText, oneWorkflow } from '../testing/documents.ts';
import { createHttpTransport } from '../transports/http.ts';
import { run } from './run.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const swagger = `swagger: '2.0'
host: files.test
basePath: /v2
schemes: [http]
consumes: [multipart/form-data]
paths:
  /files/{folder}:
    post:
      operationId: upload
      parameters:
        - { name: folder, in: path, required: true, type: array, items: { type: string }, collectionFormat: pipes }
        - { name: file, in: formData, required: true, type: file }
        - { name: note, in: formData, type: string }
      responses: { '201': { schema: { type: object, properties: { id: { type: string } } } } }
`;

it('uploads a file as a Swagger 2.0 description asks, and reads a compressed answer', async () => {
  const seen: { target: string; form: FormData }[] = [];
  const server = http.createServer(async (request, response) => {
    // The platform's own parser judges what was sent.
    const init = { method: 'POST', headers: { 'content-type': request.headers['content-type'] ?? '' } };
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const form = await new Request('http://x/', { ...init, body: Buffer.concat(chunks) }).formData();
    seen.push({ target: request.url ?? '', form });
    response.writeHead(201, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(gzipSync('{"id":"é1"}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const transport = createHttpTransport();
  closing.push(transport.close, () => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`;

  const step = `- stepId: up
  operationId: upload
  parameters: [{ name: folder, in: path, value: [a, b c] }]
  requestBody: { payload: { file: '/wD+', note: $inputs.note } }
  outputs: { id: $response.body#/id }`;
  const text = oneWorkflow(
    step,
    'inputs: { type: object, properties: { note: { type: string } } }\noutputs: { id: $steps.up.outputs.id }',
  );
  const document = await loadText(text, { 'pets.yaml': swagger });
  const planned = await plan(document, { inputs: { note: 'a "b"\r\né' }, servers: { pets: url } });
  if (planned.kind === 'refused') throw new Error(planned.diagnostics.map(({ message }) => message).join(' '));
  const events = [];
  for await (const event of run(planned.plan, { transport })) events.push(event);

  expect(events.at(-1)).toEqual({ kind: 'run-succeeded', outputs: { w: { id: 'é1' } } });
  const [upload] = seen;
  const file = upload?.form.get('file');
  expect(upload?.target).toBe('/v2/files/a%7Cb%20c');
  expect(upload?.form.get('note')).toBe('a "b"\r\né');
  expect(file instanceof Blob && new Uint8Array(await file.arrayBuffer())).toEqual(new Uint8Array([0xff, 0x00, 0xfe]));
});
