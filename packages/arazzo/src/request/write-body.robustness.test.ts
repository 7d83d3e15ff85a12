import fc from 'fast-check';
import { parseXmlDocument } from 'slimdom';
import { expect, it } from 'vitest';
import { readMediaTypeParameters } from './media-type-parameters.ts';
import { Refusal } from './refusal.ts';
import { serializePairs } from './serialize-parameter.ts';
import { type WrittenBody, writeBody } from './write-body.ts';

/** Text with everything that a format could mistake for its own. */
const texts = fc.string({
  unit: fc.constantFrom(...('ab é😀"\'<>&=+%;,:/?#[]{}\\\r\n\t -_.|'.match(/./gsu) ?? [])),
  maxLength: 12,
});
const names = fc.string({ unit: fc.constantFrom(...'abcé"&=%;\r\n[]'), minLength: 1, maxLength: 6 });
const members = fc.dictionary(names, texts, { maxKeys: 4 });

function write(value: unknown, mediaType: string): WrittenBody | undefined {
  try {
    return writeBody(value, mediaType, undefined);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

it('a form holds what was written, and nothing else', () => {
  fc.assert(
    fc.property(members, (value) => {
      const read = new URLSearchParams(String(write(value, 'application/x-www-form-urlencoded')?.bytes));
      expect([...read]).toEqual(Object.entries(value));
    }),
  );
});

it('a multipart body holds what was written, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(members, async (value) => {
      fc.pre(Object.keys(value).length > 0);
      const written = write(value, 'multipart/form-data');
      const headers = { 'content-type': written?.contentType ?? '' };
      const form = await new Request('http://x/', { method: 'POST', headers, body: written?.bytes ?? '' }).formData();
      expect([...form]).toEqual(Object.entries(value));
    }),
  );
});

it('a multipart body of unnamed parts holds what was written, and nothing else', () => {
  fc.assert(
    fc.property(
      fc.array(texts, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('a', '-', "'()+_,-./:=? z"),
      (items, wished) => {
        const written = writeBody(items, 'multipart/mixed', undefined, `multipart/mixed; boundary="${wished}"`);
        const boundary = readMediaTypeParameters(written.contentType ?? '').get('boundary');
        const [start, ...parts] = `\r\n${Buffer.from(written.bytes)}`.split(`\r\n--${boundary}`);
        const contents = parts.map((part) => part.split('\r\n\r\n').slice(1).join('\r\n\r\n'));
        expect([start, ...contents]).toEqual(['', ...items, '']);
      },
    ),
  );
});

it('an XML body holds what was written, or is refused', () => {
  fc.assert(
    fc.property(names, texts, (name, text) => {
      const written = write({ root: { [name]: text } }, 'application/xml');
      if (written === undefined) return;
      const root = parseXmlDocument(String(written.bytes)).documentElement;
      expect([root?.childNodes.length, root?.firstChild?.nodeName, root?.textContent]).toEqual([1, name, text]);
    }),
  );
});

it('a query parameter is read back whole, in every style', () => {
  const styles = fc.constantFrom('form', 'spaceDelimited', 'pipeDelimited', 'deepObject');
  fc.assert(
    fc.property(styles, names, texts, (style, name, text) => {
      const read = new URLSearchParams(serializePairs(name, text, { style }).join('&'));
      expect([...read]).toEqual([[name, text]]);
    }),
  );
});
