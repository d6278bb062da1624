import * as z from 'zod/mini'
import { toFileName } from '../../../base/file-name.ts'
import { OperationError } from '../../../base/operation-error.ts'
import { splitArguments } from '../../../base/split-arguments.ts'
import { COMMANDS } from '../../../contract/instructions/command-instructions.ts'
import { flag } from '../../../contract/text-values.ts'
import { missingProgram } from '../../../programs/missing-program.ts'
import type { FoundPrograms } from '../../../programs/programs.ts'
import { sandboxProblem } from '../../../programs/sandbox.ts'
import type { InputFile } from '../tasks/input-file.ts'
import { TaskError } from '../tasks/task-error.ts'
import { making, type Wish } from './operation.ts'
import { uniqueNames } from './output-names.ts'
import { COMMON_OPTIONS, optional } from './task-options.ts'

/** The programs of each engine. */
export const COMMANDS_OF = {
  ffmpeg: ['ffmpeg', 'ffprobe'],
  imagemagick: ['convert', 'identify'],
  graphicsmagick: ['gm'],
} as const satisfies Readonly<Record<string, readonly (typeof COMMANDS)[number][]>>

/** An engine whose programs may be run. */
type CommandEngine = keyof typeof COMMANDS_OF

const ENGINES = ['ffmpeg', 'imagemagick', 'graphicsmagick'] as const satisfies CommandEngine[]

const LINE = 'arguments as in a shell, each quote with its end'

const options = z.looseObject({
  ...COMMON_OPTIONS,
  engine: z.enum(ENGINES, { error: ENGINES.join(', ') }),
  command: z.enum(COMMANDS, { error: `one of ${COMMANDS.join(', ')}` }),
  arguments: optional(
    z
      .string({ error: LINE })
      .check(z.refine((line) => splitArguments(line) !== undefined, { error: LINE })),
  ),
  capture_output: optional(flag()),
})

/** What the action says of a command that has ended well; it is the last entry of the archive, too. */
const reportSchema = z.object({ output: z.string(), files: z.array(z.string()) })

/** Why commands of an engine cannot be run on this machine, in a sentence; undefined when they can. */
export function commandProblem(engine: CommandEngine, programs: FoundPrograms): string | undefined {
  const missing = (['bwrap', engine] as const).find((id) => programs[id] === undefined)
  if (missing !== undefined) return missingProgram(missing, 'The operation command').message
  const problem = sandboxProblem(programs.bwrap ?? '')
  return problem === undefined
    ? undefined
    : new OperationError('sandbox_unavailable', { problem }).message
}

/** The engines whose commands can be run on this machine. */
export function commandEngines(programs: FoundPrograms): CommandEngine[] {
  return ENGINES.filter((engine) => commandProblem(engine, programs) === undefined)
}

/** Where the files of tasks are below `/input`: those of each task in a folder of its own. */
function inputPaths(inputs: readonly InputFile[]): string[] {
  const names = new Map<InputFile, string>()
  for (const [folder, files] of Map.groupBy(inputs, ({ task = '' }) => task)) {
    for (const [index, name] of uniqueNames(files).entries()) {
      const file = files[index]
      if (file !== undefined) names.set(file, folder === '' ? name : `${folder}/${name}`)
    }
  }
  return inputs.map((file) => names.get(file) ?? file.filename)
}

/** Runs a program in a sandbox, which sees the files of tasks below `/input`, and leaves its own below `/output`. */
export const COMMAND = making({
  name: 'command',
  inputs: 'optional',
  options,
  plan(
    { engine, command, arguments: line, capture_output: captures },
    inputs,
    stage,
    reports,
    programs,
    intermediates,
  ) {
    const possible: readonly string[] = COMMANDS_OF[engine]
    if (!possible.includes(command)) {
      const message = `command must be ${possible.join(' or ')} with the engine ${engine}, but it is "${command}".`
      throw new TaskError('INVALID_OPTIONS', message)
    }
    const output = (report: unknown): object =>
      captures === true ? { output: reportSchema.parse(report).output } : {}
    if (stage === 0) {
      const problem = commandProblem(engine, programs)
      if (problem !== undefined) throw new TaskError('ENGINE_NOT_AVAILABLE', problem)
      return runs({ command, args: splitArguments(line ?? '') ?? [], inputs })
    }
    if (stage > 1) return { result: { ...output(reports.at(-1)) } }
    const [, report] = reports
    const [source] = intermediates
    const { files } = reportSchema.parse(report)
    if (files.length === 0) return { result: { ...output(report) } }
    if (source === undefined) throw new RangeError('what a command has left is in one archive')
    const take = (entry: number) => ({
      action: 'archive' as const,
      source,
      instructions: { fmt: 'bin', entry },
    })
    const named = files.map((path) => ({ filename: toFileName(path) ?? 'file' }))
    return [
      ...uniqueNames(named).map((filename, index): Wish => ({ ...take(index + 1), filename })),
      { ...take(files.length + 1), filename: { report: true } },
    ]
  },
})

/** One run of a program, of which are wanted what it leaves and what it says. */
function runs(run: {
  readonly command: string
  readonly args: readonly string[]
  readonly inputs: readonly InputFile[]
}): Wish[] {
  const { command, args, inputs } = run
  const files = inputPaths(inputs).map((path) => ({ url: '', path }))
  const wish = {
    action: 'command',
    source: undefined,
    urls: inputs.map(({ object }, index) => ({ path: ['files', index, 'url'], object })),
  } as const
  const instructions = { command, arguments: args, ...(files.length > 0 && { files }) }
  return [
    {
      ...wish,
      instructions: { fmt: 'tar', ...instructions },
      filename: { intermediate: 'output.tar' },
    },
    { ...wish, instructions: { fmt: 'json', ...instructions }, filename: { report: true } },
  ]
}
