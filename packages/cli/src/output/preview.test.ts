import type { PreviewedRequest } from '@gatewright/arazzo';
import { describe, expect, it } from 'vitest';
import { recordOutput } from './output.contract.ts';
import { showPreview } from './preview.ts';

const requests: readonly PreviewedRequest[] = [
  {
    kind: 'planned-request',
    workflowId: 'w',
    stepId: 'create',
    method: 'POST',
    url: 'http://pets.test/pets',
    headers: { 'content-type': 'application/json' },
    body: { name: 'Rex' },
    credentials: ['key', 'oauth'],
  },
  { kind: 'refused-request', workflowId: 'v', stepId: 'get', message: 'It has no value.' },
];

it('shows each request of a run that is not made, and why one cannot be made', () => {
  const output = recordOutput();
  showPreview(output, requests);
  expect(output.stdout.join('').split('\n').slice(1)).toEqual([
    '',
    'w',
    `  ${'create'.padEnd(26)} POST   http://pets.test/pets`,
    '      content-type: application/json',
    '      with credentials: key, oauth',
    '      {',
    '        "name": "Rex"',
    '      }',
    '',
    'v',
    '  ✗ get',
    '      It has no value.',
    '',
  ]);
});

it('shows what is put into a body that an answer gives', () => {
  const output = recordOutput();
  const [request] = requests;
  const body = { body: '$steps.a.outputs.pet', replacements: [{ target: '/tags', value: ['x'] }] };
  showPreview(output, request?.kind === 'planned-request' ? [{ ...request, ...body }] : []);
  expect(output.stdout.join('')).toContain('      $steps.a.outputs.pet\n      with ["x"] at /tags\n');
});

it('gives programs each request as it is', () => {
  const output = recordOutput({ json: true });
  showPreview(output, requests);
  expect(output.stdout.map((line) => JSON.parse(line))).toEqual(requests);
});

describe('a form', () => {
  const form: PreviewedRequest = {
    kind: 'planned-request',
    workflowId: 'w',
    stepId: 'a',
    method: 'POST',
    url: 'http://forms.test/',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: { name: 'a b', tags: ['x', 'secret'], pin: '12', meta: { card: 7 } },
    fields: [
      { member: 'name', head: 'name=', value: 'a%20b' },
      { member: 'tags', head: 'tags=', value: 'x' },
      { member: 'tags', head: 'tags=', value: 'secret' },
      { member: 'pin', head: 'pin=', value: '12' },
      { member: 'meta', head: 'meta=', value: '%7B%22card%22%3A7%7D' },
    ],
  };
  const multipart: PreviewedRequest = {
    ...form,
    headers: { 'content-type': 'multipart/form-data; boundary=B' },
    body: { note: 'one', file: 'AAEC' },
    fields: [
      { member: 'note', head: 'Content-Disposition: form-data; name="note"\r\n\r\n', value: 'one\r\ntwo\n' },
      { member: 'file', head: 'Content-Disposition: form-data; name="file"\r\n\r\n', value: '(3 bytes)' },
    ],
  };
  const bodyOf = (lines: readonly string[]) => lines.join('').split('\n').slice(5, -1);

  it('is shown as it is sent', () => {
    const output = recordOutput();
    showPreview(output, [form]);
    expect(bodyOf(output.stdout)).toEqual(['      name=a%20b&tags=x&tags=secret&pin=12&meta=%7B%22card%22%3A7%7D']);
  });

  it('is shown part by part when it is multipart', () => {
    const output = recordOutput();
    showPreview(output, [multipart]);
    expect(bodyOf(output.stdout).map((line) => line.slice(6))).toEqual([
      ...['--B', 'Content-Disposition: form-data; name="note"', '', 'one', 'two', ''],
      ...['--B', 'Content-Disposition: form-data; name="file"', '', '(3 bytes)'],
      '--B--',
    ]);
  });

  it('is shown part by part when its parts are those of a list', () => {
    const output = recordOutput();
    const head = 'Content-Type: text/plain\r\n\r\n';
    output.masker.conceal(['secret']);
    const related: PreviewedRequest = {
      ...form,
      headers: { 'content-type': 'multipart/related; boundary="a b"; type="text/plain"' },
      body: ['one', 'secret'],
      fields: [
        { member: '0', head, value: 'one' },
        { member: '1', head, value: 'secret' },
      ],
    };
    showPreview(output, [related]);
    expect(bodyOf(output.stdout).map((line) => line.slice(6))).toEqual([
      ...['--a b', 'Content-Type: text/plain', '', 'one'],
      ...['--a b', 'Content-Type: text/plain', '', '***'],
      '--a b--',
    ]);
  });

  it('is no line when it has no fields', () => {
    const output = recordOutput();
    showPreview(output, [{ ...form, body: {}, fields: [] }]);
    expect(bodyOf(output.stdout)).toEqual([]);
  });

  it('hides each field whose value has anything to hide, however that is written', () => {
    for (const json of [false, true]) {
      const output = recordOutput({ json });
      output.masker.conceal(['secret', '12']);
      output.masker.concealNames(['card']);
      showPreview(output, [form]);
      const shown = output.stdout.join('');
      if (json) {
        expect(JSON.parse(shown)).toMatchObject({
          body: { name: 'a b', tags: ['x', '***'], pin: '***', meta: { card: '***' } },
          fields: [{ value: 'a%20b' }, { value: '***' }, { value: '***' }, { value: '***' }, { value: '***' }],
        });
      } else expect(shown).toContain('      name=a%20b&tags=***&tags=***&pin=***&meta=***\n');
    }
  });
});

describe('a body that is not sent as its value', () => {
  const request: PreviewedRequest = {
    kind: 'planned-request',
    workflowId: 'w',
    stepId: 'a',
    method: 'POST',
    url: 'http://x.test/',
    headers: {},
  };
  const xml: PreviewedRequest = {
    ...request,
    body: { a: 'x<y', pin: '12' },
    text: '<r><a>x&lt;y</a>\n<pin>12</pin></r>',
  };

  it.each<[PreviewedRequest, readonly string[]]>([
    [xml, ['<r><a>x&lt;y</a>', '<pin>12</pin></r>']],
    [{ ...request, body: 'AAEC', binary: { bytes: 3, decodedFrom: 'base64' } }, ['(3 bytes, decoded from base64)']],
    [
      { ...request, body: 'data:,ab', binary: { bytes: 2, decodedFrom: 'data URL' } },
      ['(2 bytes, decoded from a data: URL)'],
    ],
  ])('is shown as it is sent: %#', (shown, lines) => {
    const output = recordOutput();
    showPreview(output, [shown]);
    expect(output.stdout.join('').split('\n').slice(4, -1)).toEqual(lines.map((line) => `      ${line}`));
  });

  it('is shown as its value when that has anything to hide, however it is written', () => {
    for (const json of [false, true]) {
      const output = recordOutput({ json });
      output.masker.conceal(['12', 'AAEC']);
      showPreview(output, [xml, { ...request, body: 'AAEC', binary: { bytes: 12, decodedFrom: 'base64' } }]);
      const text = output.stdout.join('');
      expect(text).toContain('"pin"');
      expect(text).not.toMatch(/12|AAEC|bytes|<r>/);
    }
  });

  it('has a length that is no secret, though one be alike', () => {
    const output = recordOutput({ json: true });
    output.masker.conceal(['3']);
    showPreview(output, [{ ...request, body: 'AAEC', binary: { bytes: 3, decodedFrom: 'base64' } }]);
    expect(JSON.parse(output.stdout.join(''))).toMatchObject({ binary: { bytes: 3 } });
  });
});
