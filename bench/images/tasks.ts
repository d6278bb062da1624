import path from 'node:path'
import type { Request, Wanted } from './job.ts'
import { makeHugeScan, makeLargePhoto, makePhotos, PHOTOS } from './pictures.ts'

/** Something to be done by every contender. */
export interface Task {
  readonly name: 'large' | 'single' | 'huge' | 'many'
  readonly title: string
  readonly sources: readonly string[]
  readonly renditions: readonly Omit<Wanted, 'path'>[]
  /** How often it is measured. */
  readonly rounds: number
  /** How often of one who takes many times as long. */
  readonly slowRounds: number
  /** Whether every round gets new processes, as a peak of memory needs. */
  readonly fresh: boolean
  /** Not where most of the time would go into sending the source to and fro. */
  readonly throughTheService: boolean
}

/** AEM's standard renditions. */
export const AEM_RENDITIONS: Task['renditions'] = [
  { fmt: 'png', width: 48, height: 48 },
  { fmt: 'png', width: 140, height: 100 },
  { fmt: 'png', width: 319, height: 319 },
  { fmt: 'jpeg', width: 1280, height: 1280 },
]

/** Makes the pictures of a task into a folder. */
export async function makeTask(name: Task['name'], folder: string): Promise<Task> {
  const photo = await makeLargePhoto(folder)
  return { name, ...TASKS[name], sources: await SOURCES[name](folder, photo) }
}

const SOURCES: Readonly<
  Record<Task['name'], (folder: string, photo: string) => Promise<Task['sources']>>
> = {
  large: async (_folder, photo) => [photo],
  single: async (_folder, photo) => [photo],
  huge: async (folder, photo) => [await makeHugeScan(folder, photo)],
  many: makePhotos,
}

const TASKS: Readonly<Record<Task['name'], Omit<Task, 'name' | 'sources'>>> = {
  large: {
    title: "24 MP JPEG to AEM's four renditions",
    renditions: AEM_RENDITIONS,
    rounds: 31,
    slowRounds: 5,
    fresh: false,
    throughTheService: true,
  },
  single: {
    title: '24 MP JPEG to a 1280 px JPEG',
    renditions: [{ fmt: 'jpeg', width: 1280, height: 1280 }],
    rounds: 31,
    slowRounds: 5,
    fresh: false,
    throughTheService: true,
  },
  huge: {
    title: '200 MP TIFF to a 1280 px JPEG',
    renditions: [{ fmt: 'jpeg', width: 1280, height: 1280 }],
    rounds: 5,
    slowRounds: 1,
    fresh: true,
    throughTheService: false,
  },
  many: {
    title: `${PHOTOS} photos of 2 MP to a 319 px PNG each`,
    renditions: [{ fmt: 'png', width: 319, height: 319 }],
    rounds: 7,
    slowRounds: 1,
    fresh: false,
    throughTheService: true,
  },
}

/** The requests of a task, one a source, for a contender whose files go to `folder`. */
export function requestsOf(task: Task, folder: string): Request[] {
  return task.sources.map((source, request) => ({
    source,
    renditions: task.renditions.map((wanted, index) => ({
      ...wanted,
      path: path.join(folder, `${request}-${index}.${wanted.fmt}`),
    })),
  }))
}
