import { textOfLogLine } from '../../../contract/activation-log.ts'
import type { RequestActivation } from '../api.ts'

// The SDK prints "cleaned up failed transfers" after each that was fine.
const ERROR = /\b\w*(?:error|exception)\b|\bfailed\b(?! transfers)|\b(?:failure|fatal)\b/i

/**
 * Finds the line that tells why a rendition failed in the logs of its activations: the first that has the message of its
 * event in it, or else the first that looks like an error.
 */
export function findTellingLine(
  activations: readonly Pick<RequestActivation, 'id' | 'logs'>[],
  message: string,
): { activationId: string; line: number } | undefined {
  // Each line of a log is one of the text, and a message may have several.
  const [first = ''] = message.trim().split('\n')
  const quoted = first === '' ? undefined : findLine(activations, (line) => line.includes(first))
  return quoted ?? findLine(activations, (line) => ERROR.test(textOfLogLine(line)))
}

function findLine(
  activations: Parameters<typeof findTellingLine>[0],
  matches: (line: string) => boolean,
): ReturnType<typeof findTellingLine> {
  for (const { id, logs } of activations) {
    const line = logs.findIndex(matches)
    if (line !== -1) return { activationId: id, line }
  }
  return undefined
}
