import path from 'node:path'
import type { Log } from '../base/log.ts'
import type { ActionProcessOptions } from '../runtime/run/action-environment.ts'

/**
 * Makes what tells the log of actions as it happens: what they print, the SDK's lines at `debug`; what keeps one from being loaded, and
 * that it can be again.
 *
 * @param directory - the folder that files are told from
 */
export function createActionLog(
  log: Log,
  directory: string,
): Required<Pick<ActionProcessOptions, 'onPrint' | 'onLoad'>> {
  const broken = new Set<string>()

  return {
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
      broken.add(name)
      const { place } = load
      // The lines after the first one say through which modules a missing one was looked for.
      const [message = ''] = load.message.split('\n')
      const where =
        place === undefined ? '' : `${path.relative(directory, place.file)}:${place.line}: `
      const lines = [`${action} cannot be loaded: ${where}${message}`, ...(place?.excerpt ?? [])]
      log.error(lines.join('\n'), { action })
    },
  }
}
