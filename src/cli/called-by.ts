import path from 'node:path'
import * as z from 'zod/mini'
import { UsageError } from './arguments.ts'

/** From where a command was called, and for which project. */
export interface CalledBy {
  /** The folder that paths on the command line are relative to. */
  readonly folder: string
  /** The folder of the project, or one in it; undefined where nothing tells. */
  readonly project: string | undefined
  /** The arguments without `--project DIR`. */
  readonly args: readonly string[]
}

const npmSchema = z.object({ INIT_CWD: z.string(), npm_package_json: z.string() })

/**
 * Tells the folder of the shell from that of the project: npm runs scripts in the latter, and says in `INIT_CWD` where it was
 * called. Scripts of npm that tests or other programs are run by say nothing of the commands that those run elsewhere.
 *
 * @param args - of the command, `--project DIR` among them
 * @param environment - of the process
 * @param folder - the current one
 * @throws {UsageError} when `--project` names no folder
 */
export function readCall(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  folder: string,
): CalledBy {
  const npm = z.safeParse(npmSchema, environment).data
  const isScript = npm !== undefined && path.dirname(npm.npm_package_json) === folder
  const shell = isScript ? npm.INIT_CWD : folder
  const { value, rest } = takeProject(args)
  if (value === '') throw new UsageError('--project takes a folder: that of a project.')
  const project = value === undefined ? (isScript ? folder : undefined) : path.resolve(shell, value)
  return { folder: shell, project, args: rest }
}

/** What follows `--` is no option. */
function takeProject(args: readonly string[]): { value: string | undefined; rest: string[] } {
  const end = args.indexOf('--')
  const options = end === -1 ? args : args.slice(0, end)
  const at = options.findIndex((arg) => arg === '--project' || arg.startsWith('--project='))
  if (at === -1) return { value: undefined, rest: [...args] }
  const [, joined] = /^--project=(.*)$/s.exec(args[at] ?? '') ?? []
  const value = joined ?? args[at + 1] ?? ''
  return { value, rest: args.toSpliced(at, joined === undefined ? 2 : 1) }
}
