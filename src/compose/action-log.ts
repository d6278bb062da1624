import path from 'node:path'
import type { Log } from '../base/log.ts'
import type { ActionProcessOptions } from '../runtime/run/action-environment.ts'

/** What is told of actions, see {@link createActionLog}. */
export interface ActionLog extends Required<Pick<ActionProcessOptions, 'onPrint' | 'onLoad'>> {
  /** Has told again why an action cannot be loaded, should that be as before. */
  forget: (name: string) => void
}

/**
 * Makes what tells the log of actions as it happens: what they print, the SDK's lines at `debug`; what keeps one from being loaded, once
 * however often that is tried, and that it can be again.
 *
 * @param directory - the folder that files are told from
 */
export function createActionLog(log: Log, directory: string): ActionLog {
  /** What was told of each action that cannot be loaded. */
  const broken = new Map<string, string>()

  return {
    forget(name) {
      if (broken.has(name)) broken.set(name, '')
    },
    onPrint({ action, activationId, stream, text, isOwn }) {
      const ownLevel = stream === 'stderr' ? 'warn' : 'info'
      log[isOwn ? ownLevel : 'debug'](text, { action: path.basename(action), activationId, stream })
    },
    onLoad({ name }, load) {
      const action = path.basename(name)
      if (load.type === 'ready') {
        if (broken.delete(name)) log.info(`${action} can be loaded again`, { action })
        return
      }
      const { place } = load
      // The lines after the first one say through which modules a missing one was looked for.
      const [message = ''] = load.message.split('\n')
      const where =
        place === undefined ? '' : `${path.relative(directory, place.file)}:${place.line}: `
      const lines = [`${action} cannot be loaded: ${where}${message}`, ...(place?.excerpt ?? [])]
      const told = lines.join('\n')
      if (broken.get(name) !== told) log.error(told, { action })
      broken.set(name, told)
    },
  }
}
