import type { Socket } from 'socket.io'
import type { Log } from '../../../base/log.ts'
import type { Listener } from './subscriptions.ts'

/** What waits at most for a client that does not read: messages, and characters in them. */
const MOST = { messages: 1000, characters: 8 * 1024 * 1024 } as const

/** What clients send. */
export interface FromClient {
  subscribe: (message: unknown) => void
  unsubscribe: (message: unknown) => void
}

/** What they are sent, events by their names, such as `job.finished`: the channel, and what is told. */
export type ToClient = Record<string, (channel: string, told?: object) => void>

/** The connection to a client. */
export type ClientSocket = Socket<FromClient, ToClient>

/**
 * Makes what tells one client. One that does not read what it is sent is disconnected before too much waits for it; when it
 * comes back, it is told the ends that it has missed.
 */
export function createTelling(socket: ClientSocket, log: Log): Listener {
  let messages = 0
  let characters = 0
  socket.conn.on('packetCreate', ({ data }) => {
    messages += 1
    characters += typeof data === 'string' ? data.length : 0
  })
  // All that waited is on its way.
  socket.conn.on('drain', () => {
    messages = 0
    characters = 0
  })
  return (event, channel, told) => {
    if (messages <= MOST.messages && characters <= MOST.characters) {
      socket.emit(event, channel, told)
      return
    }
    log.warn(`A client of ${channel} does not read what it is sent; it is disconnected.`)
    // Without waiting until it has read what is left.
    socket.conn.close(true)
  }
}
