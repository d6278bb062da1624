import { existsSync } from 'node:fs'
import { readdir, readFile, stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod/mini'
import { findActionSandbox } from '../../runtime/run/action-sandbox.ts'
import { count, type Finding, inUnits, remark, sound, wrong } from './finding.ts'

/** With less of the disk free, uploads and renditions fail soon, in bytes. */
const LEAST_FREE_BYTES = 1e9

/** By how much clocks of machines that share a disk may differ, in milliseconds. */
const CLOCK_TOLERANCE_MS = 60_000

const packageSchema = z.object({
  version: z.string(),
  dependencies: z.optional(z.record(z.string(), z.string())),
})

async function readPackage(folder: string): Promise<z.infer<typeof packageSchema>> {
  const text = await readFile(path.join(folder, 'package.json'), 'utf8')
  return packageSchema.parse(JSON.parse(text))
}

/**
 * Looks whether Node.js and the packages are those that the project was made with.
 *
 * @param project - the folder of the project
 * @param version - of Node.js, as in `24.21.0`
 */
export async function* checkInstallation(
  project: string,
  version: string,
): AsyncGenerator<Finding> {
  const { dependencies = {} } = await readPackage(project)
  const meant = (await findMeantNode(project)) ?? version
  if (version === meant) yield sound(`Node.js is ${version}, as it should be.`)
  else {
    const sentence = `Node.js is ${version}, and should be ${meant}; npm ci brings it to who has another major version, and npm start takes it.`
    const isOlder = Number.parseInt(version, 10) < Number.parseInt(meant, 10)
    yield isOlder ? wrong(sentence) : remark(sentence)
  }
  const others: string[] = []
  for (const [name, wanted] of Object.entries(dependencies)) {
    const found = await findInstalled(project, name)
    if (found?.version !== wanted) {
      others.push(`${name} is ${found?.version ?? 'missing'} and should be ${wanted}`)
    }
  }
  if (others.length === 0) {
    yield sound(`${count(Object.keys(dependencies).length, 'package')} of npm are there.`)
  } else {
    yield wrong(
      `${count(others.length, 'package')} of npm ${others.length === 1 ? 'is' : 'are'} not as in package.json (${others[0]}); npm ci brings them.`,
    )
  }
}

/** The Node.js that npm brings to who has another one; undefined for a project that brings none. */
async function findMeantNode(project: string): Promise<string | undefined> {
  const brought = await readPackage(path.join(project, 'scripts/node')).catch(() => undefined)
  return brought?.dependencies?.['node']
}

/** A package where a project finds it: in its own node_modules, or where it is itself a package in one of those above. */
async function findInstalled(
  folder: string,
  name: string,
): Promise<z.infer<typeof packageSchema> | undefined> {
  const found = await readPackage(path.join(folder, 'node_modules', name)).catch(() => undefined)
  const above = path.dirname(folder)
  return found === undefined && above !== folder ? findInstalled(above, name) : found
}

/**
 * Looks whether deployed code can be held in a sandbox.
 *
 * @param bwrap - the path of bubblewrap; undefined where it is not installed
 */
export async function* checkSandbox(bwrap: string | undefined): AsyncGenerator<Finding> {
  const found = await findActionSandbox({ bwrap, work: '' })
  yield typeof found === 'string'
    ? remark(`Deployed actions run with your rights and in no sandbox, since ${found}.`)
    : sound('Deployed actions run in a sandbox of bubblewrap.')
}

/**
 * Looks how much of the disks is free.
 *
 * @param folders - what is on them, with what it is
 */
export async function* checkDisks(
  folders: Readonly<Record<string, string>>,
): AsyncGenerator<Finding> {
  for (const [what, folder] of Object.entries(folders)) {
    const { bavail, bsize } = await statfs(folder)
    const free = bavail * bsize
    yield free < LEAST_FREE_BYTES
      ? wrong(
          `The disk of ${what} (${folder}) has ${inUnits(free)} free, and should have ${inUnits(LEAST_FREE_BYTES)}.`,
        )
      : sound(`The disk of ${what} has ${inUnits(free)} free.`)
  }
}

/**
 * Looks whether the clock is later than all that was written.
 *
 * @param folders - where to look
 */
export async function* checkClock(
  now: number,
  folders: readonly string[],
): AsyncGenerator<Finding> {
  let latest = { file: '', time: 0 }
  for (const folder of folders.filter((each) => existsSync(each))) {
    for (const name of await readdir(folder)) {
      const file = path.join(folder, name)
      const time = (await stat(file).catch(() => undefined))?.mtimeMs ?? 0
      if (time > latest.time) latest = { file, time }
    }
  }
  const clock = new Date(now).toISOString()
  yield latest.time > now + CLOCK_TOLERANCE_MS
    ? wrong(
        `The clock says ${clock}, but ${latest.file} was written at ${new Date(latest.time).toISOString()}; it should be set, as certificates and events depend on it.`,
      )
    : sound(`The clock says ${clock}, later than all that was written.`)
}
