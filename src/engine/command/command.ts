import { existsSync, rmSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import * as z from 'zod/mini'
import { OperationError } from '../../base/operation-error.ts'
import { passingPrefix } from '../../base/passing-folder.ts'
import { NOBODY } from '../../programs/bubblewrap.ts'
import { missingProgram } from '../../programs/missing-program.ts'
import type { ProgramLimits } from '../../programs/program-limits.ts'
import { sandboxed, sandboxProblem } from '../../programs/sandbox.ts'
import { KNOWN_FORMATS } from '../../sources/formats.ts'
import { fetchFiles } from '../archive/fetch-files.ts'
import { planFiles } from '../archive/plan-files.ts'
import { type Job, type Operation, startEach } from '../operation.ts'
import { collectOutputs } from './collect-outputs.ts'
import { runCommand } from './run-command.ts'
import { writeOutputs } from './write-outputs.ts'

/** The programs that may be run, each by the engine that it belongs to. */
const ENGINE_OF = {
  ffmpeg: 'ffmpeg',
  ffprobe: 'ffmpeg',
  convert: 'imagemagick',
  identify: 'imagemagick',
  gm: 'graphicsmagick',
} as const

const options = z.object({
  command: z.enum(['ffmpeg', 'ffprobe', 'convert', 'identify', 'gm']),
  /** As the program gets them; nothing else ever looks at them. */
  args: z.readonly(z.array(z.string())),
  /** What it finds below `/input`, by paths. */
  files: z.readonly(z.array(z.object({ url: z.string(), path: z.string() }))),
  /** A TAR of what it leaves below `/output`, with the report as its last entry; or that report alone. */
  result: z.enum(['files', 'report']),
})

/** A command to run. All of a job that differ in nothing but `result` are run once. */
export type CommandOptions = Readonly<z.infer<typeof options>>

/** What is told of a command that has ended well. */
export interface CommandReport {
  /** What it has said on its standard output, or, when that is nothing, on its error output. */
  readonly output: string
  /** The files that it has left, in the order of the TAR. */
  readonly files: readonly string[]
}

/** The programs that are there, as absolute paths. */
export type CommandPrograms = Readonly<
  Partial<Record<'bwrap' | 'ffmpeg' | 'imagemagick' | 'graphicsmagick', string>>
>

/** Less than the SDK lets an action of ten minutes run. */
const LIMITS: ProgramLimits = {
  longestMs: 560_000,
  mostMemoryBytes: 2_000_000_000,
  mostWrittenBytes: 4_000_000_000,
  mostFiles: 1000,
}

/** Makes what runs commands in the sandbox, and nowhere else. */
export function createCommand({
  programs,
  limits = LIMITS,
}: {
  readonly programs: CommandPrograms
  readonly limits?: ProgramLimits
}): Operation<CommandOptions> {
  return {
    options,
    run(job) {
      const runs = new Map<string, Promise<Ran>>()
      const runOnce = (wanted: CommandOptions): Promise<Ran> => {
        const key = JSON.stringify({ ...wanted, result: undefined })
        const running = runs.get(key) ?? run(wanted, { ...job, programs, limits })
        runs.set(key, running)
        return running
      }
      return startEach(job, 'command', async (wanted, path) => {
        const { archivePath, report } = await runOnce(wanted)
        if (wanted.result === 'files') {
          return [{ path: archivePath, mediaType: KNOWN_FORMATS.tar.mediaType }]
        }
        await writeFile(path, JSON.stringify(report))
        return [{ path, mediaType: KNOWN_FORMATS.json.mediaType }]
      })
    },
  }
}

interface Ran {
  readonly archivePath: string
  readonly report: CommandReport
}

async function run(
  { command, args, files }: CommandOptions,
  job: Omit<Job<CommandOptions>, 'wanted'> & {
    readonly programs: CommandPrograms
    readonly limits: ProgramLimits
  },
): Promise<Ran> {
  const { programs, limits, fetch, signal } = job
  const { bwrap, program, before } = findCommand(command, programs)
  // Nobody gets into the folders of root.
  const isRoot = process.getuid?.() === 0
  const folder = await mkdtemp(isRoot ? passingPrefix('command') : join(job.folder, 'command-'))
  try {
    const [inputs, outputs] = [join(folder, 'input'), join(folder, 'output')]
    await mkdir(inputs)
    await mkdir(outputs)
    const planned = planFiles(files, { ignoreDuplicates: false })
    await fetchFiles(planned, ({ path }) => join(inputs, path), { open: fetch, signal })
    if (isRoot) {
      await chmod(folder, 0o755)
      await chown(outputs, NOBODY, NOBODY)
    }
    const start = sandboxed({ bwrap, program, args: [...before, ...args], inputs, outputs })
    const { stdout, stderr } = await runCommand(start, {
      title: command,
      outputs,
      limits,
      signal,
    })
    const left = await collectOutputs(outputs)
    const report = { output: stdout || stderr, files: left.map(({ name }) => name) }
    const archivePath = join(job.folder, `${basename(folder)}.tar`)
    await writeOutputs(archivePath, left, JSON.stringify(report), signal)
    return { archivePath, report }
  } finally {
    await removeFolder(folder)
  }
}

/** Removes a folder, even one in which folders are deeper than a path may be long. */
async function removeFolder(folder: string): Promise<void> {
  const how = { recursive: true, force: true }
  // The other one goes down step by step, and has everybody wait meanwhile.
  await rm(folder, how).catch(() => rmSync(folder, how))
}

/** @throws {@link OperationError} when the program or its sandbox is not there */
function findCommand(
  command: CommandOptions['command'],
  programs: CommandPrograms,
): { readonly bwrap: string; readonly program: string; readonly before: readonly string[] } {
  const engine = ENGINE_OF[command]
  const [bwrap, found] = [
    requireProgram(command, 'bwrap', programs),
    requireProgram(command, engine, programs),
  ]
  const problem = sandboxProblem(bwrap)
  if (problem !== undefined) throw new OperationError('sandbox_unavailable', { problem })
  // ImageMagick 7 is one program, which is told what to be.
  if (basename(found) === 'magick') return { bwrap, program: found, before: [command] }
  // The programs of an engine are in one folder, or where the sandbox has its programs.
  const program = [dirname(found), '/usr/bin']
    .map((folder) => join(folder, command))
    .find((path) => existsSync(path))
  if (program === undefined) throw missingProgram(engine, `The command ${command}`)
  return { bwrap, program, before: [] }
}

function requireProgram(
  command: string,
  id: keyof CommandPrograms,
  programs: CommandPrograms,
): string {
  const found = programs[id]
  if (found !== undefined && found !== '') return found
  throw missingProgram(id, `The command ${command}`)
}
