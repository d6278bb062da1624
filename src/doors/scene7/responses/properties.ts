import { escapeXml } from '../../../base/xml.ts'
import { RequestError } from '../../../image-serving/request-error.ts'
import { cacheControl, PUBLIC_HEADERS } from '../serving/public-headers.ts'
import type { RequestKind } from '../serving/request-kind.ts'

/** What is told of something, by names with points in them: `image.width`. */
export type Properties = readonly (readonly [name: string, value: string])[]

/** How an answer that is no picture is written. */
export type ResponseFormat = 'text' | 'javascript' | 'xml' | 'json'

const MEDIA_TYPES: Readonly<Record<ResponseFormat, string>> = {
  text: 'text/plain',
  javascript: 'text/javascript',
  xml: 'text/xml',
  // It is no JSON, but a call with it.
  json: 'text/javascript',
}

/**
 * Reads in which format an answer is wanted.
 *
 * @param formats - those that this kind of request has; the first is taken unless one is asked for
 * @throws {@link RequestError} when it is another
 */
export function readFormat(
  { kind, options: [asked = ''] }: RequestKind,
  formats: readonly [ResponseFormat, ...ResponseFormat[]] = ['text', 'javascript', 'xml', 'json'],
): ResponseFormat {
  if (asked === '') return formats[0]
  const format = formats.find((each) => each === asked.toLowerCase())
  if (format) return format
  throw new RequestError(`req=${kind},${asked} must be one of ${formats.join(', ')}.`, 'req')
}

/** How long an answer may be kept without asking whether it still holds, in seconds; some hold for one moment only. */
export type Keeping = number | 'no-store'

/** Answers with a text of one of the formats. */
export function answerText(text: string, format: ResponseFormat, keeping: Keeping): Response {
  return new Response(text, {
    headers: {
      ...PUBLIC_HEADERS,
      'content-type': `${MEDIA_TYPES[format]}; charset=utf-8`,
      'cache-control': keeping === 'no-store' ? keeping : cacheControl(keeping),
    },
  })
}

/**
 * Answers with properties (c-properties).
 *
 * @param options.now - the clock, in milliseconds of the epoch; a text has the time in it
 */
export function answerProperties(
  request: RequestKind,
  properties: Properties,
  { now, keeping }: { readonly now: number; readonly keeping: Keeping },
): Response {
  const format = readFormat(request)
  return answerText(write(request, properties, format, now), format, keeping)
}

function write(
  request: RequestKind,
  properties: Properties,
  format: ResponseFormat,
  now: number,
): string {
  if (format === 'json') return writeCall(request, Object.fromEntries(properties))
  if (format === 'xml') return writeXml(properties)
  if (format === 'javascript') {
    const lines = properties.map(([name, value]) => `${name}='${quoteScript(value)}'`)
    return `${lines.join('\n')}\n`
  }
  const lines = properties.map(([name, value]) => `${name}=${escapeJava(value)}`)
  return `#S7Z OK\n#${new Date(now).toUTCString()}\n${lines.join('\n')}\n`
}

/**
 * Writes the call of a function with data, as JSONP has it. The number that a request has in `id` comes back as the second
 * argument, by which clients tell answers apart; what is no number is left out, as they look for digits.
 *
 * @throws {@link RequestError} when the name of the function is none
 */
export function writeCall(request: RequestKind, data: object): string {
  const handler = request.valueOf('handler') ?? 's7jsonResponse'
  if (!/^[a-z0-9]{1,64}$/i.test(handler)) {
    throw new RequestError('handler must have letters and digits only.', 'handler')
  }
  const id = /^\d{1,32}$/.exec(request.valueOf('id') ?? '')?.[0] ?? ''
  // A browser may take it for the text of a script, in which these end more than a string.
  const json = JSON.stringify(data).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028')
  return `/*jsonp*/${handler}(${json.replaceAll('\u2029', '\\u2029')},"${id}");`
}

/** Values stand in single quotes; one within is written twice, as the page has it. */
function quoteScript(value: string): string {
  return value.replaceAll("'", "''").replaceAll(/[\r\n\u2028\u2029]/g, ' ')
}

/** As `java.util.Properties` reads it. */
function escapeJava(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
}

function writeXml(properties: Properties): string {
  const groups = new Map<string, string[]>()
  for (const [path, value] of properties) {
    const point = path.indexOf('.')
    const [group, name] = [path.slice(0, Math.max(point, 0)), path.slice(point + 1)]
    const line = `    <property name="${escapeXml(name)}" value="${escapeXml(value)}" />`
    groups.set(group, [...(groups.get(group) ?? []), line])
  }
  const written = [...groups].map(([group, lines]) => {
    const name = group === '' ? '' : ` name="${escapeXml(group)}"`
    return `  <prop-group${name}>\n${lines.join('\n')}\n  </prop-group>`
  })
  return `<?xml version="1.0" encoding="UTF-8" ?>\n<prop-group>\n${written.join('\n')}\n</prop-group>\n`
}
