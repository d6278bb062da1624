/** `npm run assets`: assets of Image Serving, added to a service that runs, listed and removed. */
import path from 'node:path'
import { readConfig } from '../config.ts'
import { typeOfFile } from '../doors/scene7/catalogue/asset-type.ts'
import { typeOfName } from '../sources/media-type.ts'
import { UsageError } from './arguments.ts'
import { type AssetsCall, readAssetsCall } from './assets/assets-options.ts'
import { findFilesToAdd } from './assets/files-to-add.ts'
import { ASSETS_USAGE } from './assets/usage.ts'
import { explainFailure } from './explain-failure.ts'
import { withStandardInput } from './given-files/standard-input.ts'
import { interruptible } from './interruptible.ts'
import { trustService } from './jobs-api/with-jobs-client.ts'
import { printJson } from './print-json.ts'
import { countEnded, createProgress } from './progress.ts'
import { findScene7Access, type Scene7Access } from './scene7/scene7-access.ts'
import { createScene7Client, type Scene7Client } from './scene7/scene7-client.ts'
import { formatColumns } from './text-table.ts'

async function main(): Promise<number> {
  const call = readAssetsCall(process.argv.slice(2))
  if (call === 'help') {
    console.log(ASSETS_USAGE)
    return 0
  }
  const files = call.command === 'add' ? findFilesToAdd(call.subjects) : []
  const config = readConfig()
  const access = await findScene7Access(call, config)
  await trustService(config.home)
  const client = createScene7Client(access)
  if (call.command === 'list') return list(client, call)
  if (call.command === 'remove') {
    const names = call.subjects.map((name) => ({ title: name, name }))
    return forEach(names, call, 'removed', async ({ name }) => {
      await client.remove(name)
      return { line: `${access.company}/${name} is removed` }
    })
  }
  return withStandardInput(files, async (given) => {
    const job = await client.beginUpload()
    try {
      return await forEach(given, call, 'uploaded', async ({ file, title, within }) => {
        const folder = [call.folder, within].filter((name) => name !== '').join('/')
        await client.upload(job, { file, folder })
        const url = urlOf(file, access)
        return { line: `${title}: ${url}`, url }
      })
    } finally {
      await client.endUpload(job)
    }
  })
}

/** Where an asset is to be seen, or had where there is no picture of it. */
function urlOf(file: string, { origin, company }: Scene7Access): string {
  const type = typeOfFile(typeOfName(file))
  const context = type === 'static' || type === 'audio' || type === 'profile' ? 'content' : 'image'
  return `${origin}/is/${context}/${[company, path.parse(file).name].map(encodeURIComponent).join('/')}`
}

/** What has become of one of several. */
interface Outcome {
  readonly name: string
  readonly end: 'done' | 'failed' | undefined
  /** What is to be said of it. */
  readonly line: string
  /** Where an asset is to be seen. */
  readonly url?: string
  /** Why it has failed. */
  readonly error?: string
}

/** What is said of one that is done. */
type Done = Pick<Outcome, 'line' | 'url'>

/**
 * Does one after the other, prints a line or JSON about each, and goes on where one of them fails. A person at a terminal sees how far it
 * is meanwhile, and the lines at the end.
 *
 * @param done - what has become of them, as in "3 of 4 are uploaded"
 */
async function forEach<T extends { readonly title: string }>(
  subjects: readonly T[],
  { quiet, json }: AssetsCall,
  done: string,
  act: (subject: T) => Promise<Done>,
): Promise<number> {
  const isLive = process.stderr.isTTY && !quiet && !json
  const endOf = ({ end }: Outcome) => end
  const describe = ({ line }: Outcome) => line
  const progress = createProgress<Outcome>({ describe, endOf }, { json, quiet: !isLive })
  const print = ({ end, line }: Outcome): void => {
    if (end === 'failed' && !json) console.error(line)
    else if (end === 'done' && !quiet && !json) console.log(line)
  }
  return interruptible(async (interrupted) => {
    const outcomes = subjects.map(({ title }): Outcome => ({
      name: title,
      end: undefined,
      line: `… ${title}`,
    }))
    try {
      for (const [index, subject] of subjects.entries()) {
        interrupted.throwIfAborted()
        progress.show(outcomes, undefined)
        const outcome = await tryOne(subject, act)
        outcomes[index] = outcome
        if (!isLive) print(outcome)
      }
    } finally {
      progress.end()
      if (isLive) outcomes.forEach(print)
      const { total, ended, failed } = countEnded(outcomes, endOf)
      const count = `${ended - failed} of ${total} are ${done}`
      if (interrupted.aborted) console.error(`Stopped; ${count}`)
      else if (!quiet && !json && total > 1) console.log(count)
    }
    if (json) printJson(outcomes.map(({ end: _, line: _line, ...told }) => told))
    return outcomes.every(({ end }) => end === 'done') ? 0 : 1
  })
}

async function tryOne<T extends { readonly title: string }>(
  subject: T,
  act: (subject: T) => Promise<Done>,
): Promise<Outcome> {
  const { title: name } = subject
  try {
    return { name, end: 'done', ...(await act(subject)) }
  } catch (error) {
    const why = explainFailure(error)
    return { name, end: 'failed', line: `${name}: ${why}`, error: why }
  }
}

async function list(client: Scene7Client, { folder, json }: AssetsCall): Promise<number> {
  const listed = (await client.list()).filter(
    (each) => folder === '' || each.folder === folder || each.folder.startsWith(`${folder}/`),
  )
  if (json) {
    printJson(
      listed.map(({ name, folder: within, type, size }) => ({ name, folder: within, type, size })),
    )
    return 0
  }
  const rows = listed.map(({ name, folder: within, type, size }) => [
    name,
    within,
    type,
    size === undefined ? '' : String(size),
  ])
  if (rows.length > 0) {
    console.log(formatColumns(['Asset', 'Folder', 'Type', 'Bytes'], rows, 3).join('\n'))
  }
  return 0
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(explainFailure(error))
  process.exitCode = error instanceof UsageError ? 2 : 1
}
