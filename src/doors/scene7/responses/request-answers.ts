import type { Log } from '../../../base/log.ts'
import { readImageRequest } from '../../../image-serving/image-request.ts'
import { sortCommands } from '../../../image-serving/sort-commands.ts'
import type { AnswerRequest } from '../serving/served-request.ts'
import { answerProperties, answerText } from './properties.ts'

/** The most letters of a message that are logged. */
const LONGEST_MESSAGE = 1000

/** Says that a request can be read, without looking at the assets that it names (r-is-http-validate). */
export function createValidateAnswer(now: () => number): AnswerRequest {
  return (request) => {
    // What a variable stands for is not looked at either, so that nothing can be said of such a value.
    sortCommands(request.commands.filter(({ value }) => !/\$[^$]+\$/.test(value ?? '')))
    return answerProperties(request, [['request.isValid', '1']], {
      now: now(),
      keeping: 'no-store',
    })
  }
}

/**
 * Tells the commands of a request as they count, with those of its asset, its macros and variables put in; and behind them,
 * which Adobe's server does not do, what of them changes nothing, and why (r-resolve).
 */
export const answerResolve: AnswerRequest = ({ object, query, catalogue }) => {
  const { commands, ignored } = readImageRequest({ object, query }, catalogue)
  const written = commands
    .filter(({ name }) => name.toLowerCase() !== 'req')
    .map(({ name, value }) => (value === undefined ? name : `${name}=${value}`))
  const notes = ignored.map(({ name, why }) => `#ignored ${oneLine(name)}: ${why}`)
  const path = object.split('/').map(encodeURIComponent).join('/')
  return answerText(
    [`/is/image/${path}?${written.join('&')}`, ...notes, ''].join('\n'),
    'text',
    'no-store',
  )
}

/** Writes a message of a client into the log (r-message). */
export function createMessageAnswer(log: Pick<Log, 'info'>): AnswerRequest {
  return (request) => {
    const message = request.valueOf('message') ?? ''
    log.info(`a client says: ${oneLine(message)}`)
    return answerText('', 'text', 'no-store')
  }
}

/** Nobody may write lines of his own into the log or an answer. */
function oneLine(text: string): string {
  return text.slice(0, LONGEST_MESSAGE).replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ')
}
