import { lstatSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { familyOfProcess, memoryOf } from '../../../src/programs/process-family.ts'

/** What a service has of its machine at a moment. */
export interface Standing {
  /** Of the service alone, in bytes. */
  readonly memory: number
  /** Of all of its processes. */
  readonly familyMemory: number
  /** Of the largest of the others. */
  readonly largest: number
  /** Files that the service has open, connections included. */
  readonly descriptors: number
  readonly processes: number
  /** What the state folder takes, in bytes. */
  readonly disk: number
  readonly files: number
}

/** Measures a service by its process, on Linux, and its state folder. */
export function standingOf(pid: number, home: string): Standing {
  const family = familyOfProcess(pid)
  const { bytes, files } = sizeOf(home)
  return {
    memory: memoryOf([pid]),
    familyMemory: memoryOf(family),
    largest: Math.max(0, ...family.filter((each) => each !== pid).map((each) => memoryOf([each]))),
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
    processes: family.length,
    disk: bytes,
    files,
  }
}

/** A file may go while it is counted. */
function sizeOf(file: string): { bytes: number; files: number } {
  const found = lstatSync(file, { throwIfNoEntry: false })
  if (found === undefined) return { bytes: 0, files: 0 }
  if (!found.isDirectory()) return { bytes: found.size, files: 1 }
  let names: string[] = []
  try {
    names = readdirSync(file)
  } catch {
    // It went.
  }
  const sizes = names.map((name) => sizeOf(path.join(file, name)))
  return {
    bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
    files: sizes.reduce((sum, { files }) => sum + files, 0),
  }
}

/** One line about it, for whoever watches. */
export function tell({
  memory,
  familyMemory,
  descriptors,
  processes,
  disk,
  files,
}: Standing): string {
  return `service ${megabytes(memory)}, with its processes ${megabytes(familyMemory)}, ${descriptors} descriptors, ${processes} processes, ${megabytes(disk)} in ${files} files`
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`
}
