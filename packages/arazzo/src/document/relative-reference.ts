/** A URL as it is written relative to another of the same server; as it is where there is no such way, or it is relative already. */
export function relativeReference(base: string, text: string): string {
  if (!URL.canParse(text) || !URL.canParse(base)) return text;
  const [from, to] = [new URL(base), new URL(text)];
  if (from.origin !== to.origin || from.origin === 'null') return text;
  const [folders, path] = [from.pathname.split('/').slice(0, -1), to.pathname.split('/')];
  const differing = folders.findIndex((folder, index) => folder !== path[index] || index === path.length - 1);
  const shared = differing === -1 ? folders.length : differing;
  return `./${'../'.repeat(folders.length - shared)}${path.slice(shared).join('/')}${to.search}`;
}
