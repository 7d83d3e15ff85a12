import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { StoreFiles } from '../stores/store-files.ts';

/** What a disk may hold of a store after the power failed. */
export interface DiskContent {
  readonly file: Buffer;
  readonly log: Buffer;
}

export interface FailingPower {
  readonly files: StoreFiles;
  /**
   * Some of what the disk may hold if the power fails now: of each file what was last synced, what was last written, and,
   * in any order, some blocks of the one and some of the other.
   */
  readonly fail: (mixtures: number) => readonly DiskContent[];
}

const blockSize = 4096;

/**
 * The files of a store on a disk whose power can fail.
 *
 * @param file the real path
 * @param real what empties the log, tells its size and closes
 * @param beforeAndAfterSync called at every moment at which the disk may hold something else than before
 * @param random from 0 to less than 1
 */
export function createFailingPower(
  file: string,
  real: StoreFiles,
  beforeAndAfterSync: () => void,
  random: () => number,
): FailingPower {
  // Kept open: closing a descriptor of the file would drop the lock.
  const descriptors = { file: openSync(file, 'r'), log: openSync(`${file}-wal`, 'r') };
  const synced = { file: readAll(descriptors.file), log: readAll(descriptors.log) };

  const sync = (name: keyof DiskContent) => async (): Promise<void> => {
    beforeAndAfterSync();
    const content = readAll(descriptors[name]);
    await new Promise((resolve) => setImmediate(resolve));
    synced[name] = content;
    beforeAndAfterSync();
  };

  return {
    files: {
      syncFile: sync('file'),
      syncAppended: sync('log'),
      syncLog: sync('log'),
      emptyLog: real.emptyLog,
      logSize: real.logSize,
      close() {
        for (const descriptor of Object.values(descriptors)) closeSync(descriptor);
        real.close();
      },
    },
    fail(mixtures) {
      const written = { file: readAll(descriptors.file), log: readAll(descriptors.log) };
      const pick = (name: keyof DiskContent) => mix(synced[name], written[name], random);
      return [
        synced,
        written,
        { file: synced.file, log: written.log },
        { file: written.file, log: synced.log },
        ...Array.from({ length: mixtures }, () => ({ file: pick('file'), log: pick('log') })),
      ].map(({ file, log }) => ({ file, log }));
    },
  };
}

function mix(synced: Buffer, written: Buffer, random: () => number): Buffer {
  const mixed = Buffer.alloc((random() < 0.5 ? synced : written).length);
  for (let start = 0; start < mixed.length; start += blockSize) {
    const source = random() < 0.5 ? synced : written;
    mixed.set(source.subarray(start, Math.min(start + blockSize, mixed.length)), start);
  }
  return mixed;
}

function readAll(descriptor: number): Buffer {
  const content = Buffer.alloc(fstatSync(descriptor).size);
  readSync(descriptor, content, 0, content.length, 0);
  return content;
}
