/** `npm run export`: assets of Image Serving, or files, as files of this machine, by a job of IPS. */
import { type Config, readConfig } from '../config.ts'
import { UsageError } from './arguments.ts'
import { explainFailure } from './explain-failure.ts'
import { chooseAssets } from './export/choose-assets.ts'
import { type ExportCall, readExportCall } from './export/export-options.ts'
import { EXPORT_WORDS, type ExportOutcome, formatExport } from './export/export-outcome.ts'
import { listAssets } from './export/list-assets.ts'
import { mountFiles } from './export/mount-files.ts'
import { type ExportProgress, runExport } from './export/run-export.ts'
import { saveZip } from './export/save-zip.ts'
import { EXPORT_USAGE } from './export/usage.ts'
import { findFiles } from './given-files/find-files.ts'
import { withStandardInput } from './given-files/standard-input.ts'
import { interruptible } from './interruptible.ts'
import { trustService } from './jobs-api/with-jobs-client.ts'
import { startOwnService, withOwnService } from './own-service.ts'
import { printJson } from './print-json.ts'
import { createProgress } from './progress.ts'
import { createIpsClient } from './scene7/ips-client.ts'
import { findScene7Access, type Scene7Access } from './scene7/scene7-access.ts'
import { STANDARD_OUTPUT } from './standard-output.ts'
import { withOutFolder } from './with-out-folder.ts'

/** What is chosen of the assets that there are. */
type Choose = typeof chooseAssets

const chooseAll: Choose = (_, assets) => ({
  handles: assets.map(({ handle }) => handle),
  missing: [],
})

async function exportWith(
  access: Scene7Access,
  call: ExportCall,
  { choose, signal }: { readonly choose: Choose; readonly signal: AbortSignal },
): Promise<ExportOutcome> {
  const client = createIpsClient(access)
  const { company, origin } = access
  const chosen = choose(call.subjects, await listAssets(client, company))
  const { handles, missing } = chosen
  if (handles.length === 0) return { files: [], failures: missing, leftOut: [] }
  const progress = createProgress(EXPORT_WORDS, call)
  try {
    const onProgress = (each: ExportProgress): void => progress.show([each], undefined)
    const ended = await runExport(client, call, { company, handles, onProgress, signal })
    const { url, leftOut } = ended
    const failures = [...missing, ...ended.failures]
    if (url === undefined) return { files: [], failures, leftOut }
    return { files: await saveZip(url, { ...call, origin, signal }), failures, leftOut }
  } finally {
    progress.end()
    if (signal.aborted) console.error('Stopped; not all has been exported.')
  }
}

/** Assets of a service that runs. */
async function exportAssets(call: ExportCall, config: Config): Promise<ExportOutcome> {
  const access = await findScene7Access(call, config)
  await trustService(config.home)
  return interruptible((signal) => exportWith(access, call, { choose: chooseAssets, signal }))
}

/** Files, which are all the assets of a service that is there for them alone. */
async function exportFiles(call: ExportCall, config: Config): Promise<ExportOutcome> {
  const given = findFiles(call.subjects).files
  const formats = await readFormats(call, config)
  return withStandardInput(given, (files) =>
    withOwnService(
      async (home) => {
        const images = { assetsFolder: await mountFiles(home, files) }
        return startOwnService(config, home, { images, warm: [] })
      },
      async ({ origin }, home, signal) => {
        const own = { url: origin, company: undefined }
        const access = await findScene7Access(own, { home, port: 0 })
        const client = createIpsClient(access)
        for (const { name, urlModifier } of formats) {
          const companyHandle = `c|${access.company}`
          await client.call('saveImageFormat', { companyHandle, name, urlModifier })
        }
        return exportWith(access, call, { choose: chooseAll, signal })
      },
    ),
  )
}

/** The image formats of the service that runs, which a macro for files is one of. */
async function readFormats(call: ExportCall, config: Config) {
  if (call.macro === undefined) return []
  const access = await findScene7Access(call, config)
  await trustService(config.home)
  const companyHandle = `c|${access.company}`
  const given = await createIpsClient(access).call('getImageFormats', { companyHandle })
  return given.imageFormatArray
}

async function main(): Promise<number> {
  const call = readExportCall(process.argv.slice(2))
  if (call === 'help') {
    console.log(EXPORT_USAGE)
    return 0
  }
  const config = readConfig()
  const make = call.isOfFiles ? exportFiles : exportAssets
  const outcome = await withOutFolder(
    call.out,
    (out) => make({ ...call, out }, config),
    ({ files }) => files.map(({ file }) => file),
  )
  if (call.json) printJson(outcome)
  else {
    const isSilent = call.quiet || call.out === STANDARD_OUTPUT
    if (outcome.files.length > 0 && !isSilent) console.log(formatExport(outcome, call.out))
    for (const sentence of [...outcome.leftOut, ...outcome.failures]) console.error(sentence)
  }
  return outcome.failures.length === 0 ? 0 : 1
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(explainFailure(error))
  process.exitCode = error instanceof UsageError ? 2 : 1
}
