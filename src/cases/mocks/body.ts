import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod/mini'
import { isRecord, parseJson } from '../../base/json.ts'
import { check } from '../../base/validation.ts'
import { refuseJavaEntries, refuseJavaRegex } from './java-regex.ts'
import { containsJson } from './json-match.ts'
import { matchesPairs, matchesRegex, multiMapSchema } from './pattern.ts'

/** Whether the body of a request is the expected one. */
export type BodyMatcher = (body: Buffer) => boolean

const not = z._default(z.boolean({ error: 'true or false' }), false)
const contentType = z.optional(z.string({ error: 'a media type' }))
const text = z.string({ error: 'a text' })
const json = z.custom((value) => value !== undefined, { error: 'any JSON' })
const base64 = z.string({ error: 'a text in base64' })

const requestSchemas = {
  STRING: z.strictObject(
    {
      type: z.optional(z.literal('STRING')),
      string: text,
      subString: z._default(z.boolean({ error: 'true or false' }), false),
      not,
      contentType,
    },
    { error: 'an object of string, subString and not' },
  ),
  REGEX: z.strictObject(
    { type: z.optional(z.literal('REGEX')), regex: text, not },
    { error: 'an object of regex and not' },
  ),
  JSON: z.strictObject(
    {
      type: z.optional(z.literal('JSON')),
      json,
      matchType: z._default(
        z.enum(['STRICT', 'ONLY_MATCHING_FIELDS'], { error: 'STRICT or ONLY_MATCHING_FIELDS' }),
        'ONLY_MATCHING_FIELDS',
      ),
      not,
      contentType,
    },
    { error: 'an object of json, matchType and not' },
  ),
  BINARY: z.strictObject(
    { type: z.optional(z.literal('BINARY')), base64Bytes: base64, not, contentType },
    { error: 'an object of base64Bytes and not' },
  ),
  PARAMETERS: z.strictObject(
    { type: z.optional(z.literal('PARAMETERS')), parameters: multiMapSchema, not },
    { error: 'an object of parameters and not' },
  ),
} as const

const responseSchemas = {
  STRING: z.strictObject(
    { type: z.optional(z.literal('STRING')), string: text, contentType },
    { error: 'an object of string and contentType' },
  ),
  JSON: z.strictObject(
    // How a request is matched says nothing of an answer; MockServer passes over it as well.
    { type: z.optional(z.literal('JSON')), json, contentType, matchType: z.optional(z.unknown()) },
    { error: 'an object of json and contentType' },
  ),
  BINARY: z.strictObject(
    { type: z.optional(z.literal('BINARY')), base64Bytes: base64, contentType },
    { error: 'an object of base64Bytes and contentType' },
  ),
  XML: z.strictObject(
    { type: z.optional(z.literal('XML')), xml: text, contentType },
    { error: 'an object of xml and contentType' },
  ),
} as const

/** MockServer's kinds of bodies, and the field by which it knows one without `type`. Any other object is JSON itself. */
const KINDS: readonly (readonly [kind: string, field: string])[] = [
  ['BINARY', 'base64Bytes'],
  ['JSON', 'json'],
  ['JSON_PATH', 'jsonPath'],
  ['JSON_SCHEMA', 'jsonSchema'],
  ['PARAMETERS', 'parameters'],
  ['REGEX', 'regex'],
  ['STRING', 'string'],
  ['XML', 'xml'],
  ['XML_SCHEMA', 'xmlSchema'],
  ['XPATH', 'xpath'],
]

function kindOf(body: unknown): string | undefined {
  if (!isRecord(body)) return undefined
  const { type } = body
  const [kind] =
    KINDS.find(([name]) => name === type) ?? KINDS.find(([, field]) => field in body) ?? []
  return kind
}

/**
 * Reads the body of an expected request.
 *
 * @param where - what it is called in a sentence
 * @returns undefined when any body will do
 * @throws {Error} one sentence
 */
export function readRequestBody(body: unknown, where: string): BodyMatcher | undefined {
  if (body === undefined || body === null) return undefined
  if (typeof body === 'string') return (found) => body === '' || found.toString() === body
  const kind = kindOf(body)
  switch (kind) {
    case undefined:
      return matchJson(body, false, where)
    case 'STRING': {
      const { string, subString, not: isNot } = read(requestSchemas.STRING, body, where)
      return (found) => isNot !== (subString ? found.includes(string) : found.toString() === string)
    }
    case 'REGEX': {
      const { regex, not: isNot } = read(requestSchemas.REGEX, body, where)
      refuseJavaRegex(regex, `${where}.regex`)
      return (found) => isNot !== matchesRegex(regex, found.toString())
    }
    case 'JSON': {
      const { json: given, matchType, not: isNot } = read(requestSchemas.JSON, body, where)
      const expected = typeof given === 'string' ? (parseJson(given) ?? given) : given
      const matches = matchJson(expected, matchType === 'STRICT', `${where}.json`)
      return (found) => isNot !== matches(found)
    }
    case 'BINARY': {
      const { base64Bytes, not: isNot } = read(requestSchemas.BINARY, body, where)
      const bytes = Buffer.from(base64Bytes, 'base64')
      return (found) => isNot !== bytes.equals(found)
    }
    case 'PARAMETERS': {
      const { parameters, not: isNot } = read(requestSchemas.PARAMETERS, body, where)
      refuseJavaEntries(parameters, `${where}.parameters`)
      return (found) =>
        isNot !== matchesPairs(parameters, Array.from(new URLSearchParams(found.toString())))
    }
    default:
      throw unsupported(where, kind, Object.keys(requestSchemas))
  }
}

function matchJson(expected: unknown, strict: boolean, where: string): BodyMatcher {
  if (JSON.stringify(expected).includes('${json-unit.')) {
    throw new Error(
      `${where} has a placeholder of JSON Unit, which is not supported; leave the field out.`,
    )
  }
  return (found) => {
    const actual = parseJson(found.toString())
    return strict ? isDeepStrictEqual(expected, actual) : containsJson(expected, actual)
  }
}

/**
 * Reads the body of an answer.
 *
 * @param where - what it is called in a sentence
 * @throws {Error} one sentence
 */
export function readResponseBody(
  body: unknown,
  where: string,
): { content: Buffer; contentType: string | undefined } {
  if (body === undefined || body === null)
    return { content: Buffer.alloc(0), contentType: undefined }
  if (typeof body === 'string') return { content: Buffer.from(body), contentType: undefined }
  const kind = kindOf(body)
  switch (kind) {
    case undefined:
      return jsonBody(body, undefined)
    case 'STRING': {
      const { string, contentType: type } = read(responseSchemas.STRING, body, where)
      return { content: Buffer.from(string), contentType: type }
    }
    case 'JSON': {
      const { json: given, contentType: type } = read(responseSchemas.JSON, body, where)
      return jsonBody(given, type)
    }
    case 'BINARY': {
      const { base64Bytes, contentType: type } = read(responseSchemas.BINARY, body, where)
      return { content: Buffer.from(base64Bytes, 'base64'), contentType: type }
    }
    case 'XML': {
      const { xml, contentType: type = 'application/xml' } = read(responseSchemas.XML, body, where)
      return { content: Buffer.from(xml), contentType: type }
    }
    default:
      throw unsupported(where, kind, Object.keys(responseSchemas))
  }
}

/** JSON may be given as its text. */
function jsonBody(given: unknown, type = 'application/json') {
  const content = typeof given === 'string' ? given : (JSON.stringify(given) ?? '')
  return { content: Buffer.from(content), contentType: type }
}

function read<T>(schema: z.ZodMiniType<T>, body: unknown, where: string): T {
  const checked = check(schema, body, where)
  if (checked.ok) return checked.value
  throw new Error(
    checked.message.startsWith(where) ? checked.message : `${where}.${checked.message}`,
  )
}

function unsupported(where: string, kind: string, supported: readonly string[]): Error {
  return new Error(`${where} must be of type ${supported.join(', ')}, but it is of type ${kind}.`)
}
