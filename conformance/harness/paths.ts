import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const exampleFolder: string = fileURLToPath(new URL('../../examples/build-websocket-api/', import.meta.url));
export const exampleDocument: string = join(exampleFolder, 'build-websocket-api.arazzo.yaml');

/** A document of this suite. */
export function documentPath(name: string): string {
  return fileURLToPath(new URL(`../documents/${name}`, import.meta.url));
}

/** A new folder, and what removes it. */
export async function temporaryFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'gatewright-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
