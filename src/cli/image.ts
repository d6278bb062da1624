/** `npm run image`: makes a picture of a file on this machine by the commands of Image Serving. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readConfig } from '../config.ts'
import { createRenderProcesses } from '../image-pool/render-processes.ts'
import { readImageRequest } from '../image-serving/image-request.ts'
import { parseArguments, UsageError } from './arguments.ts'
import { createFileCatalogue } from './image/file-catalogue.ts'
import { withFormatOf } from './image/output-format.ts'
import { printJson } from './print-json.ts'

const USAGE = `Usage: npm run image -- "FILE?COMMANDS" OUT

Makes a picture of a file by the commands of Image Serving, without a service: "photo.jpg?wid=300&hei=300&fit=crop". Other
files that commands name, as src=logo.png does, are looked for beside it, and there is no limit to its size.

  OUT     the file to write, whose extension is the fmt unless the commands say another one
  --json  print JSON: the file and its size in pixels
  --help  print this

Exit status: 0 when it was made; 1 when it could not be; 2 for a mistake in the call.`

async function main(): Promise<number> {
  const { values, positionals } = parseArguments({
    options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  })
  if (values.help === true) {
    console.log(USAGE)
    return 0
  }
  const [target, out, third] = positionals
  if (target === undefined || out === undefined || third !== undefined) {
    throw new UsageError(`There must be a FILE with its commands and an OUT.\n\n${USAGE}`)
  }
  const at = target.indexOf('?')
  const file = at === -1 ? target : target.slice(0, at)
  const query = withFormatOf(out, at === -1 ? '' : target.slice(at + 1))
  const catalogue = createFileCatalogue(path.dirname(file))
  const request = readImageRequest({ object: path.basename(file), query }, catalogue)
  for (const { name, why } of request.ignored) console.error(`${name} changes nothing: ${why}.`)
  const { view } = await render(request, catalogue, out)
  const { width, height } = view
  if (values.json === true) printJson({ file: out, width, height })
  else console.log(`${out}: ${width} × ${height} pixels`)
  return 0
}

async function render(
  { composition, encoding, embedXmp }: ReturnType<typeof readImageRequest>,
  catalogue: ReturnType<typeof createFileCatalogue>,
  out: string,
) {
  const { maxSourcePixels, actionEnvironment } = readConfig()
  const folder = await mkdtemp(path.join(tmpdir(), 'darkroom-image-'))
  const renderer = createRenderProcesses({
    folder,
    maxPixels: maxSourcePixels,
    environment: actionEnvironment,
    processes: 1,
  })
  const interrupted = new AbortController()
  process.once('SIGINT', () => interrupted.abort(new Error('It was interrupted.')))
  try {
    const files = catalogue.files()
    const [xmpOf] = embedXmp ? Object.keys(files) : []
    const made = await renderer.render({ composition, encoding, files, xmpOf }, interrupted.signal)
    if (made.bytes === undefined) throw new TypeError('the encoding says what is written')
    await writeFile(out, made.bytes)
    return made
  } finally {
    await renderer.close?.()
    await rm(folder, { recursive: true, force: true })
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
