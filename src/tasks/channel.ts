import type { Duplex } from 'node:stream'

/** What comes before each letter: how long its JSON is, and how long the bytes behind it are. */
const HEAD_BYTES = 8

/** How long a letter may be: what it says, as JSON, and the bytes beside that. What is announced to be longer is not waited for. */
export interface LetterLimits {
  readonly json: number
  readonly bytes: number
}

/** Who is told what the other end says. */
export interface ChannelListener {
  /** A letter: what JSON can say, and bytes beside it, where they were sent. */
  readonly hear: (said: unknown, bytes: Uint8Array | undefined) => void
  /**
   * Nothing comes any more; told once.
   *
   * @param violation - what the other end has sent that is no letter, to complete "it has …"; undefined when it has gone
   */
  readonly ended: (violation: string | undefined) => void
}

/** One end of a channel. */
export interface Channel {
  /**
   * Sends a letter; one that nobody is left to hear is lost.
   *
   * @throws {TypeError} for what JSON cannot say, such as a circle
   */
  readonly send: (said: unknown, bytes?: Uint8Array) => void
  /** Hears nothing more; the other end is told that this one has gone. */
  readonly close: () => void
}

/**
 * Opens one end of a channel between two processes, of which the other may run anybody's code: whatever it sends, this process only
 * reads JSON of a limited length. Node's own channel is none for that: bytes that it does not know end the process that reads
 * them, and a message without an end is kept however long it becomes.
 */
export function openChannel(
  stream: Duplex,
  { limits, hear, ended }: ChannelListener & { readonly limits: LetterLimits },
): Channel {
  const read = createLetterReader(limits, hear)
  let isOver = false

  function end(violation?: string): void {
    stream.destroy()
    if (isOver) return
    isOver = true
    ended(violation)
  }

  stream.on('data', (chunk: Buffer) => {
    const violation = isOver ? undefined : read(chunk)
    if (violation !== undefined) end(violation)
  })
  // Whoever is gone is noticed by that alone.
  stream.on('error', () => undefined)
  stream.on('end', () => end())
  stream.on('close', () => end())

  return {
    send(said, bytes = new Uint8Array()) {
      const json = Buffer.from(JSON.stringify(said))
      const head = Buffer.alloc(HEAD_BYTES)
      head.writeUInt32BE(json.length, 0)
      head.writeUInt32BE(bytes.length, 4)
      if (stream.writable) stream.write(Buffer.concat([head, json, bytes]))
    },
    close: () => void stream.destroy(),
  }
}

/**
 * Puts letters together again, in time and memory that grow with their length alone, whatever pieces they come in.
 *
 * @returns takes the next piece, and says what is no letter in it, if anything; nothing may be given to it after that
 */
function createLetterReader(
  limits: LetterLimits,
  hear: ChannelListener['hear'],
): (chunk: Buffer) => string | undefined {
  const head = Buffer.alloc(HEAD_BYTES)
  let letter: Buffer | undefined
  let filled = 0

  return (chunk) => {
    for (let read = 0; read < chunk.length;) {
      const part = letter ?? head
      const taken = chunk.copy(part, filled, read)
      read += taken
      filled += taken
      if (filled < part.length) return undefined
      filled = 0
      const jsonBytes = head.readUInt32BE(0)
      if (letter === undefined) {
        const bytes = head.readUInt32BE(4)
        if (jsonBytes > limits.json) return `sent more than ${limits.json} bytes of JSON at a time`
        if (bytes > limits.bytes) return `sent more than ${limits.bytes} bytes beside its JSON`
        if (jsonBytes === 0) return NO_JSON
        letter = Buffer.allocUnsafeSlow(jsonBytes + bytes)
      } else {
        const said = parse(letter.subarray(0, jsonBytes))
        if (said === undefined) return NO_JSON
        const bytes = letter.subarray(jsonBytes)
        letter = undefined
        hear(said, bytes.length === 0 ? undefined : bytes)
      }
    }
    return undefined
  }
}

const NO_JSON = 'sent what is no JSON'

/** Undefined, which JSON cannot say, for what is none. */
function parse(json: Buffer): unknown {
  try {
    return JSON.parse(json.toString())
  } catch {
    return undefined
  }
}
