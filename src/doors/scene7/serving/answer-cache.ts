import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createRecentBytes } from './recent-bytes.ts'

/** Answers on the disk, each under the hash of all that it was made of, so that none is ever out of date. */
export interface AnswerCache {
  /** @param key - hexadecimal or base64url */
  readonly get: (key: string) => Promise<Uint8Array | undefined>
  readonly put: (key: string, bytes: Uint8Array) => Promise<void>
  /** How many bytes there are. */
  readonly size: () => number
}

/** How much the cache takes on the disk, in bytes. */
const MOST_CACHE_BYTES = 1024 ** 3

/**
 * How much of it is held in memory as well, in bytes: to open and read a small file takes more of the processor than all else
 * that an answer needs of us.
 */
const MOST_HELD_BYTES = 32 * 1024 ** 2

/** To how much of the disk's part it is brought down once it is full, so that not every answer that is added costs a sweep. */
const SWEPT_PART = 0.9

/** How seldom a use is written down, in milliseconds: the order of use matters, not its moments. */
const USE_INTERVAL_MS = 60_000

/**
 * Opens the cache in a folder of its own, which may be deleted whenever the service is not running.
 *
 * @param options.mostBytes - 1 GB unless given
 */
export async function openAnswerCache({
  folder,
  mostBytes = MOST_CACHE_BYTES,
  now,
}: {
  readonly folder: string
  readonly mostBytes?: number
  readonly now: () => number
}): Promise<AnswerCache> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  /** In the order of their last use, the oldest first. */
  const entries = await readEntries(folder)
  let total = [...entries.values()].reduce((sum, { bytes }) => sum + bytes, 0)
  const recent = createRecentBytes(MOST_HELD_BYTES)
  let sweeping: Promise<void> | undefined

  function forget(key: string): void {
    total -= entries.get(key)?.bytes ?? 0
    entries.delete(key)
    recent.delete(key)
  }

  async function sweep(): Promise<void> {
    for (const key of entries.keys()) {
      if (total <= mostBytes * SWEPT_PART) break
      forget(key)
      await rm(path.join(folder, key), { force: true })
    }
  }

  if (total > mostBytes) await sweep()

  return {
    size: () => total,
    async get(key) {
      const entry = entries.get(key)
      if (!entry) return undefined
      const file = path.join(folder, key)
      const held = recent.get(key)
      // Somebody may have deleted the folder.
      const bytes = held ?? (await readFile(file).catch(() => undefined))
      if (!bytes || bytes.length !== entry.bytes) {
        forget(key)
        return undefined
      }
      if (!held) recent.set(key, bytes)
      const used = now()
      entries.delete(key)
      entries.set(key, { bytes: entry.bytes, used })
      if (used - entry.used > USE_INTERVAL_MS) {
        await utimes(file, used / 1000, used / 1000).catch(() => undefined)
      }
      return bytes
    },
    async put(key, bytes) {
      if (bytes.length > mostBytes * SWEPT_PART) return
      const file = path.join(folder, key)
      const draft = path.join(folder, `.${randomUUID()}`)
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await writeFile(draft, bytes, { mode: 0o600 })
        await rename(draft, file)
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
      forget(key)
      entries.set(key, { bytes: bytes.length, used: now() })
      recent.set(key, bytes)
      total += bytes.length
      if (total > mostBytes) {
        sweeping ??= sweep().finally(() => {
          sweeping = undefined
        })
        await sweeping
      }
    },
  }
}

async function readEntries(folder: string) {
  const read = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const file = path.join(folder, name)
      // What was being written when the service was killed.
      if (name.startsWith('.')) await rm(file, { force: true })
      const { size, mtimeMs } = name.startsWith('.') ? { size: -1, mtimeMs: 0 } : await stat(file)
      return { name, size, used: mtimeMs }
    }),
  )
  const kept = read.filter(({ size }) => size >= 0).toSorted((a, b) => a.used - b.used)
  return new Map(kept.map(({ name, size, used }) => [name, { bytes: size, used }]))
}
