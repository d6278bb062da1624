import { fstatSync, ftruncateSync, readSync, writeSync } from 'node:fs'
import type { Core } from '@ffmpeg/core'

/** An invalid argument, as Emscripten numbers it. */
const EINVAL = 28

/** What nothing in there depends on. */
const EPOCH = new Date(0)
const BLOCK_BYTES = 4096

/** From where a place in a file is counted. */
const [FROM_HERE, FROM_END] = [1, 2]

/**
 * Lends a file of the machine to FFmpeg, which reads and writes it in place: nothing of it is held in memory, and nothing
 * else of the machine is there.
 *
 * @param path - what it is called in there
 * @param descriptor - that of the open file
 */
export function lendFile({ FS }: Core, path: string, descriptor: number): void {
  FS.writeFile(path, '')
  const { node } = FS.lookupPath(path)
  const size = (): number => fstatSync(descriptor).size
  node.node_ops = {
    getattr: ({ id, mode }) => ({
      dev: 1,
      ino: id,
      mode,
      nlink: 1,
      uid: 0,
      gid: 0,
      rdev: 0,
      size: size(),
      atime: EPOCH,
      mtime: EPOCH,
      ctime: EPOCH,
      blksize: BLOCK_BYTES,
      blocks: Math.ceil(size() / BLOCK_BYTES),
    }),
    setattr(_node, attributes) {
      if (attributes.size !== undefined) ftruncateSync(descriptor, attributes.size)
    },
  }
  node.stream_ops = {
    llseek({ position }, offset, whence) {
      const from = whence === FROM_HERE ? position : whence === FROM_END ? size() : 0
      if (from + offset < 0) throw new FS.ErrnoError(EINVAL)
      return from + offset
    },
    read: (_stream, memory, offset, length, position) =>
      readSync(descriptor, memory, offset, length, position),
    write: (_stream, memory, offset, length, position) =>
      writeSync(descriptor, memory, offset, length, position),
  }
}
