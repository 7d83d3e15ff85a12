import { STATUS_CODES } from 'node:http';
import { version } from '../../version.ts';
import type { ExchangeRecord, RunRecord } from './run-record.ts';

/**
 * HTTP Archive 1.2 (http://www.softwareishard.com/blog/har-12-spec/): every request in the order it was sent. One without
 * an answer has the status 0. Bodies are as they were read: JSON is written anew.
 */
export function formatHar(record: RunRecord): string {
  const entries = record.workflows
    .flatMap(({ workflowId, steps }) =>
      steps.flatMap(({ stepId, exchanges }) =>
        exchanges.map((exchange) => formatEntry(exchange, `${workflowId}/${stepId}`)),
      ),
    )
    .sort((left, right) => left.at - right.at)
    .map(({ entry }) => entry);
  const log = { version: '1.2', creator: { name: 'gatewright', version }, entries };
  return `${JSON.stringify({ log }, undefined, 2)}\n`;
}

interface DatedEntry {
  readonly at: number;
  readonly entry: object;
}

function formatEntry(exchange: ExchangeRecord, comment: string): DatedEntry {
  const wait = exchange.response?.milliseconds ?? 0;
  const entry = {
    startedDateTime: new Date(exchange.startedAt).toISOString(),
    time: wait,
    request: formatRequest(exchange.request),
    response: formatResponse(exchange.response),
    cache: {},
    timings: { send: 0, wait, receive: 0 },
    comment,
  };
  return { at: exchange.startedAt, entry };
}

const common = { httpVersion: 'HTTP/1.1', cookies: [], headersSize: -1 };

function formatRequest({ method, url, headers, body }: ExchangeRecord['request']): object {
  const text = textOf(body);
  const mimeType = headers['content-type'] ?? 'application/octet-stream';
  return {
    ...common,
    method,
    url,
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
    queryString: URL.canParse(url) ? [...new URL(url).searchParams].map(([name, value]) => ({ name, value })) : [],
    ...(text !== undefined && { postData: { mimeType, text } }),
    bodySize: -1,
  };
}

function formatResponse(response: ExchangeRecord['response']): object {
  const { status = 0, headers = {}, body } = response ?? {};
  const text = textOf(body);
  return {
    ...common,
    status,
    statusText: STATUS_CODES[status] ?? '',
    headers: Object.entries(headers).flatMap(([name, values]) => values.map((value) => ({ name, value }))),
    content: {
      size: text === undefined ? 0 : Buffer.byteLength(text),
      mimeType: headers['content-type']?.[0] ?? '',
      ...(text !== undefined && { text }),
    },
    redirectURL: headers.location?.[0] ?? '',
    bodySize: -1,
  };
}

function textOf(body: unknown): string | undefined {
  return typeof body === 'string' ? body : JSON.stringify(body);
}
