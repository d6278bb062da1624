import { parseJson } from '../../src/base/json.ts'
import { formatBytes, strings } from '../strings.ts'

const words = strings.api

/** What was answered. */
export interface Answer {
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  /** Until its head was there, in milliseconds. */
  readonly took: number
  /** JSON as a value, texts as they are. */
  readonly content: { readonly json: unknown } | { readonly text: string }
}

/**
 * Reads an answer. What is told bit by bit is told on with each of them.
 *
 * @param tell - called with what is there so far
 */
export async function readAnswer(
  response: Response,
  took: number,
  tell: (answer: Answer) => void,
): Promise<void> {
  const { status } = response
  const head = { status, headers: [...response.headers], took }
  const type = response.headers.get('content-type') ?? ''
  if (type.startsWith('text/event-stream') && response.body !== null) {
    let text = ''
    tell({ ...head, content: { text } })
    for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
      text += part
      tell({ ...head, content: { text } })
    }
    return
  }
  const isText = /^text\/|[/+](json|xml)\b/.test(type)
  if (!isText) {
    const { size } = await response.blob()
    const text = size === 0 ? words.noBody : words.notShown(type, formatBytes(size))
    tell({ ...head, content: { text } })
    return
  }
  const text = await response.text()
  const json = type.includes('json') ? parseJson(text) : undefined
  tell({ ...head, content: json === undefined ? { text } : { json } })
}
