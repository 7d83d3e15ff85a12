export type Members = Readonly<Record<string, unknown>>;

/** What the control plane answered, in member names; timestamps are texts, as `2026-09-25T00:01:10Z`. */
export type Outcome =
  | { readonly kind: 'answered'; readonly status: number; readonly output: Members }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string; readonly details: Members };

/** A way to speak to a control plane: inputs and outcomes are the same by all of them. */
export interface ControlPlaneClient {
  /** Rejects only when there is no answer at all. */
  call(operation: string, input: Members): Promise<Outcome>;
  /** A whole list by the client's own paginator, where the client has them: the items of all pages as one answer. */
  paginate?(operation: string, input: Members, pageSize: number): Promise<Outcome>;
  close(): Promise<void>;
}

/**
 * Carries out an operation that must succeed.
 *
 * @returns the members of the answer
 */
export async function send(client: ControlPlaneClient, operation: string, input: Members): Promise<Members> {
  const outcome = await client.call(operation, input);
  if (outcome.kind === 'answered') return outcome.output;
  throw new Error(`${operation} was refused: ${outcome.status} ${outcome.code} ${JSON.stringify(outcome.details)}`);
}

/** Every item of a list, page by page. */
export async function listAll(
  client: ControlPlaneClient,
  operation: string,
  input: Members,
): Promise<readonly Members[]> {
  const items: Members[] = [];
  let token: Members = {};
  do {
    const { Items, NextToken } = await send(client, operation, { ...input, ...token });
    items.push(...(Items as readonly Members[]));
    if (NextToken !== undefined && NextToken === token.NextToken) throw new Error(`${operation} gives a page twice.`);
    token = NextToken === undefined ? {} : { NextToken };
  } while (token.NextToken !== undefined);
  return items;
}
