import type { HttpExchangeRequest, SourceSummary, Translation } from '@gatewright/arazzo';
import { isAwsHost } from '@gatewright/arazzo';
import { recogniseApiGateway } from './recognise-api-gateway.ts';

/** The sources that describe API Gateway V2 in member names and whose requests go to AWS itself, which speaks wire names alone. */
export async function listTranslatedSources(
  sources: readonly SourceSummary[],
  request: { readonly aws: boolean; readonly servers: Readonly<Record<string, string>>; readonly gateway?: string },
): Promise<ReadonlySet<string>> {
  const toAws = sources.filter((source) => {
    const server = Object.hasOwn(request.servers, source.name) ? request.servers[source.name] : source.serverUrl;
    return request.gateway === undefined && (request.aws || (server !== undefined && isAwsHost(server)));
  });
  const names = await Promise.all(
    toAws.map(async (source) => ((await recogniseApiGateway(source)) === 'member-names' ? source.name : [])),
  );
  return new Set(names.flat());
}

/** Translates the requests of these sources into wire names, and their answers back, by the operations table. */
export async function createAwsTranslation(sourceNames: ReadonlySet<string>): Promise<Translation> {
  const { translateRequest, translateResponse } = await import('@gatewright/gateway/api');
  const translate = (request: HttpExchangeRequest) => {
    const at = sourceNames.has(request.sourceName) ? /\/v2\//.exec(new URL(request.url).pathname)?.index : undefined;
    if (at === undefined) return undefined;
    const { origin, pathname, search } = new URL(request.url);
    const target = `${pathname.slice(at)}${search}`;
    const translated = translateRequest('member-names', {
      method: request.method,
      target,
      body: readText(request.body),
    });
    return translated && { ...translated, base: `${origin}${pathname.slice(0, at)}` };
  };
  return {
    translateRequest(request) {
      const translated = translate(request);
      if (translated === undefined) return request;
      const url = `${translated.base}${translated.target}`;
      return { ...request, url, ...(request.body !== undefined && { body: translated.body }) };
    },
    translateResponse(request, response) {
      const translated = translate(request);
      if (translated === undefined) return response;
      const text = new TextDecoder().decode(response.body);
      const body = translateResponse('member-names', translated.operation, response.status, text);
      return { ...response, body: new TextEncoder().encode(body) };
    },
  };
}

function readText(body: Uint8Array | string | undefined): string {
  if (body === undefined) return '';
  return typeof body === 'string' ? body : new TextDecoder().decode(body);
}
