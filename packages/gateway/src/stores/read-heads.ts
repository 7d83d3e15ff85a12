import type { Head, Store } from './store.ts';

const pageSize = 500;

/** Every head whose key starts with `prefix`, in the order of their keys; read page by page, so not as of one moment. */
export async function* readHeads(store: Store, prefix: string): AsyncGenerator<Head> {
  let after: string | undefined = prefix;
  while (after !== undefined) {
    const page: readonly Head[] = await store.heads(prefix, { after, limit: pageSize });
    yield* page;
    after = page.length < pageSize ? undefined : page.at(-1)?.key;
  }
}

/** The heads of {@link readHeads} at once. */
export async function readAllHeads(store: Store, prefix: string): Promise<readonly Head[]> {
  const heads: Head[] = [];
  for await (const head of readHeads(store, prefix)) heads.push(head);
  return heads;
}
