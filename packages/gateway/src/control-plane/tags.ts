import { maximumMapEntries } from '../api/corrections.ts';
import type { ApiHead } from '../model/api-head.ts';
import { changeApi, requireApi } from './change-api.ts';
import { type Handlers, notFound } from './context.ts';
import { badRequest } from './refuse.ts';
import { requireStage } from './stages.ts';

type Tags = Readonly<Record<string, string>>;

interface ResourceInput {
  readonly resourceArn: string;
}

/** A resource that has tags. */
interface TaggedResource {
  readonly apiId: string;
  readonly stageName: string | undefined;
}

export const tagHandlers: Handlers = {
  async GetTags(context, { resourceArn }: ResourceInput) {
    const resource = parseArn(resourceArn);
    return { tags: readTags(await requireApi(context, resource.apiId), resource) };
  },

  TagResource(context, { resourceArn, tags = {} }: ResourceInput & { readonly tags?: Tags }) {
    const resource = parseArn(resourceArn);
    return changeApi(context, resource.apiId, (head) => {
      const merged = { ...readTags(head, resource), ...tags };
      checkCount(merged);
      return { head: writeTags(head, resource, merged), result: {} };
    });
  },

  UntagResource(context, { resourceArn, tagKeys }: ResourceInput & { readonly tagKeys: readonly string[] }) {
    const resource = parseArn(resourceArn);
    return changeApi(context, resource.apiId, (head) => {
      const kept = Object.entries(readTags(head, resource)).filter(([key]) => !tagKeys.includes(key));
      return { head: writeTags(head, resource, Object.fromEntries(kept)), result: undefined };
    });
  },
};

/** API Gateway developer guide, "API Gateway Amazon Resource Name (ARN) reference": APIs and stages have tags here. */
function parseArn(arn: string): TaggedResource {
  const match = /^arn:[^:]+:apigateway:[^:]*::\/apis\/([^/]+)(?:\/stages\/([^/]+))?$/.exec(arn);
  if (match) return { apiId: match[1] ?? '', stageName: match[2] };
  if (!arn.startsWith('arn:'))
    throw badRequest(`Invalid ARN specified in the request. ARNs must start with 'arn:': ${arn}`);
  throw notFound('Resource');
}

function checkCount(tags: Tags): void {
  const count = Object.keys(tags).length;
  const limit = maximumMapEntries.Tags ?? 0;
  if (count > limit) throw badRequest(`The resource would have ${count} tags; expected at most ${limit}.`);
}

function readTags(head: ApiHead, { stageName }: TaggedResource): Tags {
  return stageName === undefined ? (head.api.tags ?? {}) : requireStage(head, stageName).tags;
}

function writeTags(head: ApiHead, { stageName }: TaggedResource, tags: Tags): ApiHead {
  if (stageName === undefined) {
    const { tags: _previous, ...api } = head.api;
    return { ...head, api: Object.keys(tags).length > 0 ? { ...api, tags } : api };
  }
  return { ...head, stages: { ...head.stages, [stageName]: { ...requireStage(head, stageName), tags } } };
}
