import { validateHeaderName, validateHeaderValue } from 'node:http'
import * as z from 'zod/mini'
import { parseJson } from '../../base/json.ts'
import { check } from '../../base/validation.ts'
import { readRequestBody, readResponseBody } from './body.ts'
import { refuseJavaEntries, refuseJavaRegex } from './java-regex.ts'
import { multiMapSchema, textSchema } from './pattern.ts'
import { createRequestMatcher, type RequestMatcher } from './request-matcher.ts'

/**
 * MockServer's expectations (mock-server.com, "Creating expectations", version 5.11, which is what
 * `aio asset-compute test-worker` starts), as far as they can be met here. Whatever else an expectation says is refused,
 * so that no case passes or fails for a reason that is not in its files.
 */

/** In milliseconds. */
const UNITS: Readonly<Record<string, number>> = {
  NANOSECONDS: 1e-6,
  MICROSECONDS: 1e-3,
  MILLISECONDS: 1,
  SECONDS: 1000,
  MINUTES: 60_000,
  HOURS: 3_600_000,
  DAYS: 86_400_000,
}
const UNIT_ERROR = `one of ${Object.keys(UNITS).join(', ')}`

const timeUnit = z.pipe(
  z.string({ error: UNIT_ERROR }).check(z.refine((unit) => unit in UNITS, { error: UNIT_ERROR })),
  z.transform((unit) => UNITS[unit] ?? 1),
)
const flag = z.optional(z.boolean({ error: 'true or false' }))
const count = (error: string) => z.number({ error }).check(z.nonnegative({ error }))

const delaySchema = z.strictObject(
  { timeUnit, value: count('a number of time units') },
  { error: 'an object of timeUnit and value' },
)

const requestSchema = z.strictObject(
  {
    method: z.optional(textSchema),
    path: z.optional(textSchema),
    queryStringParameters: z.optional(multiMapSchema),
    headers: z.optional(multiMapSchema),
    body: z.optional(z.unknown()),
    secure: flag,
    not: flag,
  },
  {
    error: 'an object of method, path, queryStringParameters, headers, body, secure and not',
  },
)

const statusError = 'a status from 200 to 999'

const responseSchema = z.strictObject(
  {
    statusCode: z.optional(
      z
        .int({ error: statusError })
        .check(z.minimum(200, { error: statusError }), z.maximum(999, { error: statusError })),
    ),
    reasonPhrase: z.optional(z.string({ error: 'a text' })),
    headers: z.optional(multiMapSchema),
    body: z.optional(z.unknown()),
    delay: z.optional(delaySchema),
  },
  { error: 'an object of statusCode, reasonPhrase, headers, body and delay' },
)

const errorSchema = z.strictObject(
  {
    dropConnection: z.literal(true, { error: 'true, which is the only error there is' }),
    delay: z.optional(delaySchema),
  },
  { error: 'an object of dropConnection and delay' },
)

const EXPECTATION =
  'an object of httpRequest, httpResponse or httpError, times, timeToLive, priority, id and optional'

const expectationSchema = z
  .strictObject(
    {
      id: z.optional(z.string({ error: 'a text' })),
      httpRequest: z.optional(requestSchema),
      httpResponse: z.optional(responseSchema),
      httpError: z.optional(errorSchema),
      priority: z.optional(z.number({ error: 'a number' })),
      // Ours: MockServer has the word for keys of a request that need not be there.
      optional: flag,
      times: z.optional(
        z.strictObject(
          { remainingTimes: z.optional(count('a number of times')), unlimited: flag },
          { error: 'an object of remainingTimes and unlimited' },
        ),
      ),
      timeToLive: z.optional(
        z.strictObject(
          {
            timeUnit: z.optional(timeUnit),
            timeToLive: z.optional(count('a number of time units')),
            unlimited: flag,
          },
          { error: 'an object of timeUnit, timeToLive and unlimited' },
        ),
      ),
    },
    { error: EXPECTATION },
  )
  .check(
    z.refine(
      ({ httpResponse, httpError }) => (httpResponse === undefined) !== (httpError === undefined),
      {
        error: `${EXPECTATION}, with exactly one of httpResponse and httpError`,
      },
    ),
  )

/** An answer, or that there is none. */
export type Reply =
  | { readonly dropConnection: true; readonly delayMs: number }
  | {
      readonly dropConnection: false
      readonly delayMs: number
      readonly status: number
      readonly reason: string | undefined
      readonly headers: readonly (readonly [name: string, values: string[]])[]
      readonly body: Buffer
    }

/** What a host answers to what. */
export interface Expectation {
  readonly matches: RequestMatcher
  readonly reply: Reply
  /** Those with a higher one are looked at first. */
  readonly priority: number
  /** How often it answers. */
  readonly times: number
  /** How long it answers, in milliseconds. */
  readonly lifetimeMs: number
  /** Whether it may be that nobody makes such a request. */
  readonly optional: boolean
  /** What it is called in a sentence, such as `[0] (POST /v1/tags)`. */
  readonly called: string
}

/**
 * Reads what a host answers.
 *
 * @param text - one of MockServer's expectations as JSON, or an array of them
 * @returns the expectations in the order in which they are looked at
 * @throws {Error} one sentence that names the first field which is wrong or cannot be met here
 */
export function readExpectations(text: string): Expectation[] {
  const json = parseJson(text)
  const checked = check(
    z.array(expectationSchema, { error: 'an array of expectations' }),
    json === undefined || Array.isArray(json) ? json : [json],
    'The file',
  )
  if (!checked.ok) throw new Error(checked.message)
  return checked.value
    .map((given, index) => toExpectation(given, `[${index}]`))
    .toSorted((one, other) => other.priority - one.priority)
}

function toExpectation(given: z.infer<typeof expectationSchema>, where: string): Expectation {
  const { httpRequest = {}, priority = 0, times, timeToLive } = given
  const { timeUnit: unit = 1, timeToLive: lifetime } = timeToLive ?? {}
  const { method, path, queryStringParameters, headers } = httpRequest
  refuseJavaRegex(method?.value ?? '', `${where}.httpRequest.method`)
  refuseJavaRegex(path?.value ?? '', `${where}.httpRequest.path`)
  refuseJavaEntries(queryStringParameters, `${where}.httpRequest.queryStringParameters`)
  refuseJavaEntries(headers, `${where}.httpRequest.headers`)
  const isLimited = times !== undefined && times.unlimited !== true
  return {
    matches: createRequestMatcher({
      ...httpRequest,
      body: readRequestBody(httpRequest.body, `${where}.httpRequest.body`),
    }),
    reply: toReply(given, where),
    priority,
    times: isLimited ? (times.remainingTimes ?? Infinity) : Infinity,
    optional: given.optional === true,
    called: describe(where, httpRequest),
    lifetimeMs:
      timeToLive?.unlimited === true || lifetime === undefined ? Infinity : unit * lifetime,
  }
}

function describe(where: string, { method, path }: z.infer<typeof requestSchema>): string {
  const request = [method, path].map((text) => text && `${text.not ? '!' : ''}${text.value}`)
  const told = request.filter((text) => text !== undefined).join(' ')
  return told === '' ? where : `${where} (${told})`
}

function toReply(
  { httpResponse = {}, httpError }: z.infer<typeof expectationSchema>,
  where: string,
): Reply {
  if (httpError !== undefined) return { dropConnection: true, delayMs: delayOf(httpError) }
  const { statusCode = 200, reasonPhrase: reason, headers = [], body } = httpResponse
  const { content, contentType } = readResponseBody(body, `${where}.httpResponse.body`)
  const own = headers.map(
    ({ name, values }) => [name.value, values.map(({ value }) => value)] as const,
  )
  if (reason !== undefined) refuseUnsendable(reason, `${where}.httpResponse.reasonPhrase`)
  for (const [name, values] of own) {
    for (const value of values) refuseUnsendable(value, `${where}.httpResponse.headers`, name)
  }
  if (contentType !== undefined) {
    refuseUnsendable(contentType, `${where}.httpResponse.body.contentType`)
  }
  const hasType = own.some(([name]) => name.toLowerCase() === 'content-type')
  return {
    dropConnection: false,
    delayMs: delayOf(httpResponse),
    status: statusCode,
    reason,
    headers: hasType || contentType === undefined ? own : [...own, ['content-type', [contentType]]],
    body: content,
  }
}

/** A status line takes the same letters as the value of a header. */
function refuseUnsendable(value: string, where: string, name?: string): void {
  try {
    if (name !== undefined) validateHeaderName(name)
    validateHeaderValue('any', value)
  } catch (error) {
    throw new Error(
      `${where} must be what HTTP can carry, but it has ${JSON.stringify(name === undefined ? value : `${name}: ${value}`)}.`,
      { cause: error },
    )
  }
}

function delayOf({ delay }: { delay?: z.infer<typeof delaySchema> | undefined }): number {
  return delay === undefined ? 0 : delay.timeUnit * delay.value
}
