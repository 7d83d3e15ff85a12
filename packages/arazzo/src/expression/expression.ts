/** A runtime expression (Arazzo 1.0.1 §Runtime Expressions), parsed. */
export type Expression =
  | { readonly kind: 'url' }
  | { readonly kind: 'method' }
  | { readonly kind: 'status-code' }
  | { readonly kind: 'message'; readonly message: 'request' | 'response'; readonly source: MessageSource }
  /** The message of a step over an AsyncAPI channel (Arazzo 1.1.0 §Runtime Expressions). */
  | { readonly kind: 'channel-message'; readonly source: ChannelMessageSource }
  /** What the document calls itself (Arazzo 1.1.0 §Runtime Expressions). */
  | { readonly kind: 'self' }
  | { readonly kind: 'input'; readonly name: string; readonly pointer?: readonly string[] }
  | { readonly kind: 'output'; readonly name: string; readonly pointer?: readonly string[] }
  | {
      readonly kind: 'step-output';
      readonly stepId: string;
      readonly name: string;
      readonly pointer?: readonly string[];
    }
  | {
      readonly kind: 'workflow-value';
      readonly workflowId: string;
      readonly field: 'inputs' | 'outputs';
      readonly name: string;
      readonly pointer?: readonly string[];
    }
  | { readonly kind: 'source-description'; readonly name: string; readonly field: string }
  | { readonly kind: 'component'; readonly section: string; readonly name: string };

/** The part of a message that an expression reads. */
export type MessageSource =
  | { readonly kind: 'header' | 'query' | 'path'; readonly name: string }
  /** `path` is the lenient form `$response.body.items[0].id`, which the grammar does not have. */
  | { readonly kind: 'body'; readonly pointer?: readonly string[]; readonly path?: readonly string[] };

/** The part of a channel's message that an expression reads. */
export type ChannelMessageSource =
  | { readonly kind: 'header'; readonly name: string }
  /** `path` is the lenient form `$message.payload.orderId`, which the grammar does not have and its examples do. */
  | { readonly kind: 'payload'; readonly pointer?: readonly string[]; readonly path?: readonly string[] };

const messageKinds: ReadonlySet<Expression['kind']> = new Set<Expression['kind']>([
  ...(['url', 'method', 'status-code', 'message', 'channel-message'] as const),
]);

/** True for expressions that read the message of the step under way, which exists only once it was sent. */
export function readsMessage(expression: Expression): boolean {
  return messageKinds.has(expression.kind);
}
