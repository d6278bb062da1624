/** `npm run assets`: assets of Image Serving, added to a service that runs, listed and removed. */
import path from 'node:path'
import { readConfig } from '../config.ts'
import { typeOfFile } from '../doors/scene7/catalogue/asset-type.ts'
import { typeOfName } from '../sources/media-type.ts'
import { UsageError } from './arguments.ts'
import { type AssetsCall, readAssetsCall } from './assets/assets-options.ts'
import { type FileToAdd, findFilesToAdd } from './assets/files-to-add.ts'
import { ASSETS_USAGE } from './assets/usage.ts'
import { explainFailure } from './explain-failure.ts'
import { trustService } from './jobs-api/with-jobs-client.ts'
import { printJson } from './print-json.ts'
import { findScene7Access, type Scene7Access } from './scene7/scene7-access.ts'
import { createScene7Client, type Scene7Client } from './scene7/scene7-client.ts'
import { formatColumns } from './text-table.ts'

async function main(): Promise<number> {
  const call = readAssetsCall(process.argv.slice(2))
  if (call === 'help') {
    console.log(ASSETS_USAGE)
    return 0
  }
  const files = call.command === 'add' ? findFilesToAdd(call.subjects, call.folder) : []
  const config = readConfig()
  const access = await findScene7Access(call, config)
  await trustService(config.home)
  const client = createScene7Client(access)
  if (call.command === 'list') return list(client, call)
  if (call.command === 'remove') {
    return forEach(call.subjects, call, async (name) => {
      await client.remove(name)
      return { told: `${access.company}/${name} is removed` }
    })
  }
  const job = await client.beginUpload()
  const status = await forEach(files, call, async (each) => {
    await client.upload(job, each)
    const url = urlOf(each, access)
    return { told: `${each.file}: ${url}`, url }
  })
  await client.endUpload(job)
  return status
}

/** Where an asset is to be seen, or had where there is no picture of it. */
function urlOf({ file }: FileToAdd, { origin, company }: Scene7Access): string {
  const type = typeOfFile(typeOfName(file))
  const context = type === 'static' || type === 'audio' || type === 'profile' ? 'content' : 'image'
  return `${origin}/is/${context}/${[company, path.parse(file).name].map(encodeURIComponent).join('/')}`
}

/** Does one after the other, prints a line or JSON about each, and goes on where one of them fails. */
async function forEach<T extends string | { readonly file: string }>(
  subjects: readonly T[],
  { json }: Pick<AssetsCall, 'json'>,
  act: (subject: T) => Promise<{ told: string; url?: string }>,
): Promise<number> {
  const outcomes: { name: string; url?: string; error?: string }[] = []
  for (const subject of subjects) {
    const name = typeof subject === 'string' ? subject : subject.file
    try {
      const { told, ...made } = await act(subject)
      if (!json) console.log(told)
      outcomes.push({ name, ...made })
    } catch (error) {
      const why = explainFailure(error)
      if (!json) console.error(`${name}: ${why}`)
      outcomes.push({ name, error: why })
    }
  }
  if (json) printJson(outcomes)
  return outcomes.some(({ error }) => error !== undefined) ? 1 : 0
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
