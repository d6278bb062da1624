import { realpathSync } from 'node:fs'
import { call, memoryOf, type PerlOutput, placeText, withPerl } from './instance.ts'
import { type LoadedPerl, restore } from './load.ts'

/** The source, for the arguments of {@link runExifTool}. */
export const SOURCE = '/source/file'
/** The folder of the job, for the arguments of {@link runExifTool}. */
export const JOB = '/job'
/** The folder of ExifTool's own files with arguments. */
export const ARGUMENT_FILES = '/exiftool/arg_files'

/** What ExifTool is run for. */
export interface ExifToolRun {
  readonly perl: LoadedPerl
  /** A file that it may read. */
  readonly sourcePath: string
  /** A folder that it may read and write, and in which nothing else is. */
  readonly folder: string
  /**
   * The arguments of each command; one after the other in one run, since starting takes longest. Nothing that comes out
   * of a file or a request may be among them.
   */
  readonly commands: readonly (readonly string[])[]
}

/** Runs ExifTool in a new instance of Perl, so that nothing of one source can be left for the next. */
export function runExifTool({ perl, sourcePath, folder, commands }: ExifToolRun): PerlOutput {
  const args = commands.flatMap((command, index) =>
    index === 0 ? command : ['-execute', ...command],
  )
  const place = { folder, sourcePath: realpathSync(sourcePath) }
  return withPerl(perl.module, place, (instance) => {
    restore(instance, perl)
    // An empty name: no configuration file, which would be a program.
    return runScript(instance, '/exiftool/exiftool', ['-config', '', ...args])
  })
}

function runScript(
  instance: WebAssembly.Instance,
  script: string,
  args: readonly string[],
): boolean {
  const places = args.map((arg) => placeText(instance, arg))
  const list = call(instance, 'malloc', (places.length + 1) * 4)
  const scriptAt = placeText(instance, script)
  const view = new DataView(memoryOf(instance).buffer)
  for (const [index, place] of [...places, 0].entries())
    view.setUint32(list + index * 4, place, true)
  return call(instance, 'zeroperl_run_file', scriptAt, places.length, list) === 0
}
