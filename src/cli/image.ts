/** `npm run image`: makes a picture of a file on this machine by the commands of Image Serving. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { writeWhole } from '../client/write-whole.ts'
import { readConfig } from '../config.ts'
import { createRenderProcesses } from '../image-pool/render-processes.ts'
import { readImageRequest } from '../image-serving/image-request.ts'
import { RequestError } from '../image-serving/request-error.ts'
import { parseArguments, UsageError } from './arguments.ts'
import { checkFile } from './files-of-call.ts'
import { type GivenFile, STANDARD_INPUT } from './given-files/find-files.ts'
import { withStandardInput } from './given-files/standard-input.ts'
import { createFileCatalogue } from './image/file-catalogue.ts'
import { withFormatOf } from './image/output-format.ts'
import { interruptible } from './interruptible.ts'
import { printJson } from './print-json.ts'
import { STANDARD_OUTPUT, writeToStandardOutput } from './standard-output.ts'
import { withTemporaryFolder } from './with-temporary-folder.ts'

const USAGE = `Usage: npm run image -- "FILE?COMMANDS" OUT

Makes a picture of a file by the commands of Image Serving, without a service: "photo.jpg?wid=300&hei=300&fit=crop". Other
files that commands name, as src=logo.png does, are looked for beside it, and there is no limit to its size. A FILE that is called -
comes from the standard input, and other files are looked for in the current folder then.

  OUT      the file to write, whose extension is the fmt unless the commands say another one; - for the standard output
  --quiet  print nothing but what is wrong
  --json   print JSON: the file and its size in pixels
  --help   print this

Exit status: 0 when it was made; 1 when it could not be; 2 for a mistake in the call.`

/** Before a word that parseArgs is not to take for an option; no word of a command line has it. */
const MARK = '\0'

/** `-?wid=300` is a file and its commands, and no option. */
function markStandardInput(word: string): string {
  return word.startsWith(`${STANDARD_INPUT}?`) ? MARK + word : word
}

async function main(): Promise<number> {
  const { values, positionals } = parseArguments({
    args: process.argv.slice(2).map(markStandardInput),
    options: {
      quiet: { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
    allowPositionals: true,
  })
  if (values.help === true) {
    console.log(USAGE)
    return 0
  }
  const [target, out, third] = positionals.map((word) => word.replace(MARK, ''))
  if (target === undefined || out === undefined || third !== undefined) {
    throw new UsageError(`There must be a FILE with its commands and an OUT.\n\n${USAGE}`)
  }
  const at = target.indexOf('?')
  const file = at === -1 ? target : target.slice(0, at)
  const { quiet = false, json = false } = values
  if (json && out === STANDARD_OUTPUT) {
    throw new UsageError('- writes the picture where --json writes its size.')
  }
  const query = withFormatOf(out, at === -1 ? '' : target.slice(at + 1))
  if (file !== STANDARD_INPUT) checkFile(file)
  await withStandardInput([{ file, title: file, within: '' }], async (given) => {
    for (const each of given) await makePicture(each, query, { out, quiet, json })
  })
  return 0
}

async function makePicture(
  { file, title }: GivenFile,
  query: string,
  { out, quiet, json }: { out: string; quiet: boolean; json: boolean },
): Promise<void> {
  const catalogue = createFileCatalogue(path.dirname(title))
  // What came from the standard input is elsewhere.
  const object = title === file ? path.basename(file) : file
  const request = readImageRequest({ object, query }, catalogue)
  for (const { name, why } of request.ignored) console.error(`${name} changes nothing: ${why}.`)
  const { bytes, view } = await render(request, catalogue)
  if (out === STANDARD_OUTPUT) return writeToStandardOutput(Readable.from([bytes]))
  await writeWhole(out, (unfinished) => writeFile(unfinished, bytes))
  const { width, height } = view
  if (json) printJson({ file: out, width, height })
  else if (!quiet) console.log(`${out}: ${width} × ${height} pixels`)
}

async function render(
  { composition, encoding, embedXmp }: ReturnType<typeof readImageRequest>,
  catalogue: ReturnType<typeof createFileCatalogue>,
) {
  const { maxSourcePixels, actionEnvironment } = readConfig()
  return interruptible((interrupted) =>
    withTemporaryFolder(async (folder) => {
      const renderer = createRenderProcesses({
        folder,
        maxPixels: maxSourcePixels,
        environment: actionEnvironment,
        processes: 1,
      })
      try {
        const files = catalogue.files()
        const [xmpOf] = embedXmp ? Object.keys(files) : []
        const { bytes, view } = await renderer.render(
          { composition, encoding, files, xmpOf },
          interrupted,
        )
        if (bytes === undefined) throw new TypeError('the encoding says what is written')
        return { bytes, view }
      } finally {
        await renderer.close?.()
      }
    }),
  )
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = error instanceof UsageError || error instanceof RequestError ? 2 : 1
}
