import { check } from '../check/check.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { ArazzoDocument } from '../document/arazzo-document.ts';
import { loadDocument } from '../document/load.ts';
import type { DocumentReader } from '../document/readers.ts';

/** The document of `build-websocket-api`, as a file. */
export const buildWebSocketApi: URL = new URL('fixtures/build-websocket-api.arazzo.yaml', import.meta.url);

/** Serves files from memory, by their path below `file:///documents/`. */
export function memoryReader(files: Readonly<Record<string, string>>): DocumentReader {
  return {
    async read(url) {
      const text = files[url.pathname.replace('/documents/', '')];
      if (text === undefined) throw new Error(`The file "${url.href}" does not exist.`);
      return new TextEncoder().encode(text);
    },
  };
}

/** A small API: pets to list, create and read. */
export const petsApi = `openapi: 3.1.0
info: { title: Pets, version: '1' }
servers: [{ url: 'http://pets.test/v1/' }]
paths:
  /pets:
    get:
      operationId: listPets
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
        - { name: status, in: query, schema: { enum: [available, sold] } }
        - { name: X-Tenant, in: header, required: true, schema: { type: string } }
        - { name: session, in: cookie, schema: { type: string } }
      responses: { '200': { description: Pets. } }
    post:
      operationId: createPet
      requestBody:
        required: true
        content:
          application/json:
            schema:
              allOf:
                - { type: object, required: [name], properties: { name: { type: string } } }
                - { properties: { kind: { enum: [cat, dog] }, id: { readOnly: true } }, required: [id] }
          application/x-www-form-urlencoded: {}
      responses: { '201': { description: Created. } }
  /pets/{petId}:
    parameters:
      - { name: petId, in: path, required: true, schema: { type: string } }
    get:
      operationId: getPet
      responses: { '200': { description: A pet. } }
`;

/** Loads a document whose source `pets` is the pets API; the text gives workflows and whatever else, the version first. */
export async function loadText(
  workflows: string,
  files: Readonly<Record<string, string>> = { 'pets.yaml': petsApi },
): Promise<ArazzoDocument> {
  const head = workflows.includes('sourceDescriptions:')
    ? ''
    : 'sourceDescriptions: [{ name: pets, url: pets.yaml }]\n';
  const version = /^arazzo: .*\n/.exec(workflows)?.[0];
  const rest = workflows.slice(version?.length ?? 0);
  const text = `${version ?? 'arazzo: 1.1.0\n'}info: { title: Test, version: '1' }\n${head}${rest}`;
  const result = await loadDocument(
    new URL('file:///documents/test.yaml'),
    memoryReader({ 'test.yaml': text, ...files }),
  );
  if (result.kind === 'refused') throw new Error(result.diagnostics.map(({ message }) => message).join(' '));
  return result.document;
}

/** A document with one workflow `w` of the given steps, written as YAML items; `rest` continues the workflow. */
export function oneWorkflow(steps: string, rest = ''): string {
  const indent = (text: string, by: string) => text.trim().replaceAll(/^/gm, by);
  return `workflows:\n  - workflowId: w\n${rest === '' ? '' : `${indent(rest, '    ')}\n`}    steps:\n${indent(steps, '      ')}\n`;
}

/** The findings of `check` as short as tests need them: `code @pointer: message`. */
export async function checkText(text: string, files?: Readonly<Record<string, string>>): Promise<readonly string[]> {
  return (await check(await loadText(text, files))).map(shorten);
}

export function shorten({ code, severity, pointer, message }: Diagnostic): string {
  return `${severity} ${code} ${pointer}: ${message}`;
}
