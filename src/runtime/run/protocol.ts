import * as z from 'zod/mini'

/**
 * What the runtime and an action's process say to each other. Requests and results travel over a channel of their own, where
 * what is said otherwise or at greater length ends the process; what the action prints travels over its standard output and
 * error in frames that name the activation, since several activations may share a process and a process that dies must not
 * take its last words with it.
 */

/** Runtime → process: run the action once. */
const runMessageSchema = z.object({
  type: z.literal('run'),
  activationId: z.string(),
  params: z.record(z.string(), z.unknown()),
  /** Becomes `process.env`, as OpenWhisk's Node runtime does with the keys of `/run`. */
  environment: z.record(z.string(), z.string()),
})

/** See {@link runMessageSchema}. */
export type RunMessage = z.infer<typeof runMessageSchema>

const sliceSchema = z.object({
  path: z.string(),
  start: z.int(),
  end: z.int(),
  checksum: z.optional(z.int()),
})

const nearbyObjectSchema = z.object({
  size: z.int(),
  modified: z.number(),
  etag: z.string(),
  contentType: z.string(),
  disposition: z.optional(z.string()),
  files: z.array(sliceSchema),
})

/**
 * Runtime → process: run the action, or what has become of something that the process has asked, by the number that it gave to it: an
 * object is opened, something was sent. What is not done is to be done by a connection.
 */
export const runtimeMessageSchema = z.discriminatedUnion('type', [
  runMessageSchema,
  z.object({ type: z.literal('opened'), id: z.int(), object: z.optional(nearbyObjectSchema) }),
  z.object({ type: z.literal('sent'), id: z.int(), status: z.optional(z.int()) }),
])

/** See {@link runtimeMessageSchema}. */
export type RuntimeMessage = z.infer<typeof runtimeMessageSchema>

/** What an answer to a process says. */
export type NearbyAnswer = Exclude<RuntimeMessage, RunMessage>

/** The most HTTP exchanges that are told of an activation; it may make more. */
export const MOST_EXCHANGES = 1000

/** In characters; what is longer is told cut off. */
export const LONGEST_URL = 2048

/** In characters; what is longer is told cut off. */
export const LONGEST_METHOD = 64

/** Why a module cannot be loaded is told in so many characters. */
export const LONGEST_PROBLEM = 64 * 1024

/** So many of the files that an action was loaded from are told. */
export const MOST_MODULES = 10_000

/** In characters, as long as the system allows it. */
const LONGEST_PATH = 4096

/** Adobe I/O Runtime allows a result of 1 MB. */
export const LARGEST_RESULT_BYTES = 1024 * 1024

/** No letter of a process is longer: a result, as JSON in a string of JSON. */
export const LONGEST_LETTER_BYTES = 4 * LARGEST_RESULT_BYTES

/** As much may a process ask for before it has its answers. */
export const MOST_ASKED = 8

/** An HTTP request that the code of an activation made, or each of several when it was redirected. */
const httpExchangeSchema = z.object({
  method: z.string().check(z.maxLength(LONGEST_METHOD)),
  /** Origin and path: a query may be a signature. */
  url: z.string().check(z.maxLength(LONGEST_URL)),
  /** When the request was made, in milliseconds since 1970. */
  start: z.number(),
  /** When the last of the answer's body was read, or the exchange failed; of an answer nobody read: when it began. */
  end: z.number(),
  /** Of the answer; undefined when there was none. */
  status: z.optional(z.int()),
})

/** See {@link httpExchangeSchema}. */
export type HttpExchange = z.infer<typeof httpExchangeSchema>

const modulesSchema = z
  .array(z.string().check(z.maxLength(LONGEST_PATH)))
  .check(z.maxLength(MOST_MODULES))

/** Where the mistake is that keeps an action from being loaded, as an absolute path, and the lines about it. */
const placeSchema = z.object({
  file: z.string().check(z.maxLength(LONGEST_PATH)),
  line: z.int(),
  excerpt: z.array(z.string().check(z.maxLength(LONGEST_URL))).check(z.maxLength(10)),
})

/** Process → runtime: opens an object behind a presigned URL, or sends a request, whose body is in the bytes of the letter. */
const nearbyAskSchemas = [
  z.object({
    type: z.literal('open'),
    activationId: z.string(),
    id: z.int(),
    url: z.string(),
  }),
  z.object({
    type: z.literal('send'),
    activationId: z.string(),
    id: z.int(),
    method: z.string(),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
  }),
] as const

/** See {@link nearbyAskSchemas}. */
export type NearbyAsk = z.infer<(typeof nearbyAskSchemas)[number]>

/**
 * Process → runtime: the module is loaded, could not be loaded, one run begins, has made an HTTP exchange, asks for something, or has
 * ended. A result that is too large is told by its length alone.
 */
export const processMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), modules: modulesSchema }),
  z.object({
    type: z.literal('unloadable'),
    message: z.string().check(z.maxLength(LONGEST_PROBLEM)),
    modules: modulesSchema,
    place: z.optional(placeSchema),
  }),
  z.object({ type: z.literal('began'), activationId: z.string() }),
  z.object({ type: z.literal('exchange'), activationId: z.string(), exchange: httpExchangeSchema }),
  z.object({ type: z.literal('returned'), activationId: z.string(), json: z.string() }),
  z.object({ type: z.literal('threw'), activationId: z.string(), json: z.string() }),
  z.object({ type: z.literal('oversized'), activationId: z.string(), bytes: z.int() }),
  ...nearbyAskSchemas,
])

/** See {@link processMessageSchema}. */
export type ProcessMessage = z.infer<typeof processMessageSchema>

/** What a process says of its action before any run. */
export type LoadReport = Extract<ProcessMessage, { type: 'ready' | 'unloadable' }>

const FRAME_START = '\u001e'
const TEXT_START = '\u001f'
const FRAME_END = '\u001d'
const END_OF_ACTIVATION = '\u0004'
const PIECE = /.{1,65536}/gsu
const CONTROLS = new RegExp(`[${FRAME_START}${TEXT_START}${FRAME_END}${END_OF_ACTIVATION}]`, 'g')

/** After the id of an activation: the SDK has printed it, rather than the code of the action. */
const BY_OTHERS = '~'

/**
 * Frames what an activation printed, in pieces, so that the reader never has to hold much of an unfinished frame.
 *
 * @param activationId - empty for what no activation has printed
 * @param isOwn - whether the code of the action has printed it
 */
export function frameText(activationId: string, text: string, isOwn: boolean): string {
  const head = `${FRAME_START}${activationId}${isOwn ? '' : BY_OTHERS}${TEXT_START}`
  return (text.replaceAll(CONTROLS, '').match(PIECE) ?? [])
    .map((piece) => `${head}${piece}${FRAME_END}`)
    .join('')
}

/** The frame that says an activation will print no more on this stream. */
export function frameEnd(activationId: string): string {
  return `${FRAME_START}${activationId}${TEXT_START}${END_OF_ACTIVATION}${FRAME_END}`
}

/** As long as what {@link frameText} makes of a piece can be, in characters; a process could begin a frame and never end it. */
const LONGEST_FRAME = 2 * 65_536 + 64

/**
 * Takes one stream of an action's process apart again, in time and memory that grow with what is read alone, whatever pieces it
 * comes in. What is longer than any frame of the runner's is none.
 */
export function createFrameReader(on: {
  text: (activationId: string, text: string, isOwn: boolean) => void
  end: (activationId: string) => void
  /** Text of no activation: printed by native code, or by the action before its first run. */
  unframed: (text: string, isOwn: boolean) => void
}): (chunk: string) => void {
  let frame: string | undefined

  function endFrame(content: string): void {
    const [head = '', text = ''] = content.split(TEXT_START)
    const isOwn = !head.endsWith(BY_OTHERS)
    const activationId = isOwn ? head : head.slice(0, -BY_OTHERS.length)
    if (text === END_OF_ACTIVATION) on.end(activationId)
    else if (activationId === '') on.unframed(text, isOwn)
    else on.text(activationId, text, isOwn)
  }

  return (chunk) => {
    let rest = chunk
    while (rest !== '') {
      // Of an unfinished frame nothing is searched again.
      const at = rest.indexOf(frame === undefined ? FRAME_START : FRAME_END)
      const before = at === -1 ? rest : rest.slice(0, at)
      rest = at === -1 ? '' : rest.slice(at + 1)
      if (frame === undefined) {
        if (before !== '') on.unframed(before, true)
        if (at !== -1) frame = ''
      } else {
        frame += before
        if (at !== -1) endFrame(frame)
        else if (frame.length > LONGEST_FRAME) on.unframed(frame, true)
        else continue
        frame = undefined
      }
    }
  }
}
