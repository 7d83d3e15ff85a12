import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gatewright } from './commands.mjs';
import { compareProcesses, showRatio } from './measure.mjs';

const require = createRequire(import.meta.url);

/** `check` of a document whose OpenAPI has 5 MB, beside what it takes to load that file with js-yaml. */
export async function measureCheck() {
  const folder = await mkdtemp(join(tmpdir(), 'gatewright-bench-'));
  try {
    const description = join(folder, 'openapi.yaml');
    const text = openApi();
    await writeFile(description, text);
    const document = join(folder, 'check.arazzo.yaml');
    await writeFile(document, arazzo);
    const yaml = pathToFileURL(require.resolve('js-yaml')).href;
    const load = `import { readFileSync } from 'node:fs'; import * as yaml from ${JSON.stringify(yaml)}; (yaml.load ?? yaml.default.load)(readFileSync(${JSON.stringify(description)}, 'utf8'));`;
    const { check, baseline } = await compareProcesses(
      { check: [gatewright, 'check', document], baseline: ['--input-type=module', '-e', load] },
      3,
    );
    if (!check || !baseline) return;
    const detail = `${check.milliseconds.toFixed(0)} ms beside ${baseline.milliseconds.toFixed(0)} ms for ${(text.length / 1e6).toFixed(1)} MB`;
    showRatio('check / js-yaml load of the same OpenAPI', check.milliseconds / baseline.milliseconds, 2, detail);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const arazzo = `arazzo: 1.0.1
info: { title: Check, version: 1.0.0 }
sourceDescriptions:
  - { name: api, url: openapi.yaml, type: openapi }
workflows:
  - workflowId: w
    steps:
      - stepId: one
        operationId: get7
        parameters:
          - { name: id, in: path, value: a }
        successCriteria:
          - condition: $statusCode == 200
        outputs:
          name: $response.body#/name
`;

const megabytes = 5;

function openApi() {
  const parts = [
    'openapi: 3.1.0\ninfo: { title: Large, version: 1.0.0 }\nservers:\n  - url: http://127.0.0.1\npaths:\n',
  ];
  let length = 0;
  for (let index = 0; length < megabytes * 1e6; index += 1) {
    const part = `  /things${index}/{id}:
    get:
      operationId: get${index}
      summary: Gets the thing of number ${index}, whatever it may be.
      parameters:
        - name: id
          in: path
          required: true
          schema:
            type: string
      responses:
        '200':
          description: The thing.
          content:
            application/json:
              schema:
                type: object
                properties:
                  name:
                    type: string
                    description: What the thing is called.
                  tags:
                    type: array
                    items:
                      type: string
`;
    parts.push(part);
    length += part.length;
  }
  return parts.join('');
}
