import { maximumMapEntries } from '../api/corrections.ts';
import { partitionOf } from '../model/arn.ts';
import { type DomainRecord, domainKey } from '../stores/domain-heads.ts';
import { type ControlPlaneContext, type Handlers, notFound } from './context.ts';
import { domainNotFound, requireDomain } from './domain-names.ts';
import { changeApi, requireApi } from './heads/change-api.ts';
import { changeHead } from './heads/change-head.ts';
import { badRequest } from './refuse.ts';
import { requireStage } from './stages.ts';
import { changeVpcLink, requireVpcLink } from './vpc-links.ts';

type Tags = Readonly<Record<string, string>>;

interface ResourceInput {
  readonly resourceArn: string;
}

/** A resource that has tags: how they are read, and changed in one step. */
interface TaggedResource {
  readonly read: (context: ControlPlaneContext) => Promise<Tags>;
  readonly change: (context: ControlPlaneContext, change: (tags: Tags) => Tags) => Promise<unknown>;
}

export const tagHandlers: Handlers = {
  async GetTags(context, { resourceArn }: ResourceInput) {
    return { tags: await findResource(context, resourceArn).read(context) };
  },

  async TagResource(context, { resourceArn, tags = {} }: ResourceInput & { readonly tags?: Tags }) {
    await findResource(context, resourceArn).change(context, (current) => {
      const merged = { ...current, ...tags };
      checkCount(merged);
      return merged;
    });
    return {};
  },

  async UntagResource(context, { resourceArn, tagKeys }: ResourceInput & { readonly tagKeys: readonly string[] }) {
    await findResource(context, resourceArn).change(context, (current) =>
      Object.fromEntries(Object.entries(current).filter(([key]) => !tagKeys.includes(key))),
    );
    return undefined;
  },
};

/**
 * API Gateway developer guide, "API Gateway Amazon Resource Name (ARN) reference" and "API Gateway resources that can be
 * tagged": APIs, their stages, custom domain names and VPC links.
 *
 * @throws ServiceError `BadRequestException` for an ARN that no resource of this gateway can have; `NotFoundException` for one
 * of a resource that has no tags.
 */
function findResource(context: ControlPlaneContext, arn: string): TaggedResource {
  const [collection, name = '', stages, stageName = '', ...rest] = readPath(context, arn).split('/');
  const isWhole = name !== '' && stages === undefined;
  if (collection === 'apis' && isWhole) return taggedApi(name);
  if (collection === 'apis' && stages === 'stages' && stageName !== '' && rest.length === 0) {
    return taggedStage(name, stageName);
  }
  if (collection === 'domainnames' && isWhole) return taggedDomain(name);
  if (collection === 'vpclinks' && isWhole) return taggedVpcLink(name);
  throw notFound('Resource');
}

/** What an ARN of the gateway's own region names; ARNs of API Gateway have no account. */
function readPath({ region }: ControlPlaneContext, arn: string): string {
  if (!arn.startsWith('arn:')) {
    throw badRequest(`Invalid ARN specified in the request. ARNs must start with 'arn:': ${arn}`);
  }
  const own = `arn:${partitionOf(region)}:apigateway:${region}::/`;
  if (arn.startsWith(own)) return arn.slice(own.length);
  throw badRequest(`Invalid ARN specified in the request. ARNs of this region must start with '${own}': ${arn}`);
}

function taggedApi(apiId: string): TaggedResource {
  return {
    read: async (context) => (await requireApi(context, apiId)).api.tags ?? {},
    change: (context, change) =>
      changeApi(context, apiId, (head) => ({ head: { ...head, api: withTags(head.api, change) }, result: undefined })),
  };
}

function taggedStage(apiId: string, stageName: string): TaggedResource {
  return {
    read: async (context) => requireStage(await requireApi(context, apiId), stageName).tags,
    change: (context, change) =>
      changeApi(context, apiId, (head) => {
        const stage = requireStage(head, stageName);
        const changed = { ...stage, tags: change(stage.tags) };
        return { head: { ...head, stages: { ...head.stages, [stageName]: changed } }, result: undefined };
      }),
  };
}

function taggedDomain(name: string): TaggedResource {
  return {
    read: async (context) => (await requireDomain(context, name)).domainName.tags ?? {},
    change: (context, change) =>
      changeHead<DomainRecord, undefined>(context, domainKey(name), (current) => {
        if (!current) throw domainNotFound();
        return { value: { ...current, domainName: withTags(current.domainName, change) }, result: undefined };
      }),
  };
}

function taggedVpcLink(vpcLinkId: string): TaggedResource {
  return {
    read: async (context) => (await requireVpcLink(context, vpcLinkId)).tags,
    change: (context, change) => changeVpcLink(context, vpcLinkId, (link) => ({ ...link, tags: change(link.tags) })),
  };
}

/** A resource that has no member for tags while it has none. */
function withTags<Resource extends { readonly tags?: Tags }>(
  resource: Resource,
  change: (tags: Tags) => Tags,
): Resource {
  const { tags: current = {}, ...others } = resource;
  const tags = change(current);
  return { ...others, ...(Object.keys(tags).length > 0 ? { tags } : {}) } as Resource;
}

function checkCount(tags: Tags): void {
  const count = Object.keys(tags).length;
  const limit = maximumMapEntries.Tags ?? 0;
  if (count > limit) throw badRequest(`The resource would have ${count} tags; expected at most ${limit}.`);
}
