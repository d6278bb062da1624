import type { Server as HttpServer } from 'node:http'
import type { Server as HttpsServer } from 'node:https'
import { Server } from 'socket.io'
import type { Log } from '../../../base/log.ts'
import type { User } from '../../../identity/accounts.ts'
import type { Job, Task } from '../tasks/records.ts'
import type { TaskLife } from '../tasks/task-life.ts'
import type { TaskStore } from '../tasks/task-store.ts'
import type { Channel } from './channels.ts'
import { type Refusal, readSubscribe, readUnsubscribe } from './subscribe-message.ts'
import { createSubscriptions } from './subscriptions.ts'
import { type ClientSocket, createTelling, type FromClient, type ToClient } from './telling.ts'

/** What the paths of all sockets begin with. */
export const SOCKETS_PATH = '/socket.io/'

/** What there may be of at most. */
const MOST = {
  /** Bytes of what a client sends at once: a channel and a key. */
  messageBytes: 16 * 1024,
  sockets: 1000,
  socketsOfUser: 100,
  subscriptionsOfSocket: 500,
  /** How often a client asks in vain before it is disconnected. */
  refusalsOfSocket: 100,
} as const

/** Tells clients of changes over socket.io. */
export interface Sockets {
  /** Answers at {@link SOCKETS_PATH} of a server, whose other listeners must be there already. */
  attach: (server: HttpServer | HttpsServer) => void
  /** Ends every connection, and takes no more. */
  close: () => void
}

/**
 * Makes the sockets. A client sends `subscribe` with `{channel, auth: {headers: {Authorization: "Bearer KEY"}}}`; it is sent
 * `subscription_succeeded` with the channel, and then what happens, or `subscription_error` with the channel and
 * `{code, message}`.
 *
 * @param options.authorize - whose key this is, if it may read tasks
 * @param options.jobJson - a job as clients see it, with its tasks
 * @param options.delay - see {@link createSubscriptions}
 */
export function createSockets(options: {
  authorize: (token: string) => Promise<User | undefined>
  store: TaskStore
  life: Pick<TaskLife, 'listen'>
  jobJson: (job: Job) => Promise<object>
  taskJson: (task: Task) => Promise<object>
  log: Log
  delay?: (ms: number) => Promise<unknown>
}): Sockets {
  const { authorize, store, life, log } = options
  const subscriptions = createSubscriptions(options)
  const socketsOfUser = new Map<number, Set<ClientSocket>>()
  /** Connections that nobody has shown a key on, the oldest first. */
  const strangers = new Set<ClientSocket['conn']>()
  let closed = false
  life.listen(subscriptions)

  const io = new Server<FromClient, ToClient>({
    path: SOCKETS_PATH,
    serveClient: false,
    maxHttpBufferSize: MOST.messageBytes,
    // Nothing is told without a key, which no browser adds by itself.
    cors: { origin: '*' },
    allowRequest: (_request, answer) => {
      // Strangers, who can open as many as they like, must not keep away who has a key.
      const [oldest] = strangers
      if (io.engine.clientsCount >= MOST.sockets) oldest?.close(true)
      const isFull = io.engine.clientsCount >= MOST.sockets
      const why = isFull ? `There are ${MOST.sockets} sockets.` : 'The service is stopping.'
      answer(isFull || closed ? why : null, !isFull && !closed)
    },
  })
  io.on('connection', serve)

  function serve(socket: ClientSocket): void {
    const tell = createTelling(socket, log)
    const names = new Set<string>()
    let refusals = 0

    function refuse(name: string, refusal: Refusal): void {
      refusals += 1
      socket.emit('subscription_error', name.slice(0, 200), refusal)
      if (refusals >= MOST.refusalsOfSocket) socket.disconnect(true)
    }

    async function subscribe(message: unknown): Promise<void> {
      const { name, channel, token } = readSubscribe(message)
      if ('code' in channel) return refuse(name, channel)
      const user = token === undefined ? undefined : await authorize(token)
      const isOwn = user !== undefined && (await isOf(user, channel))
      // It may have left meanwhile.
      if (!socket.connected || closed) return
      const refusal = user ? check(user, channel, isOwn) : UNAUTHENTICATED
      if (refusal !== undefined) return refuse(name, refusal)
      names.add(name)
      strangers.delete(socket.conn)
      socket.emit('subscription_succeeded', name)
      subscriptions.add(name, channel, tell)
    }

    function check(user: User, channel: Channel, isOwn: boolean): Refusal | undefined {
      if (!isOwn) {
        const what = channel.of.replace(/.* of a /, '')
        return { code: 'NOT_FOUND', message: `There is no ${what} ${channel.id.slice(0, 60)}.` }
      }
      if (names.size >= MOST.subscriptionsOfSocket) {
        return tooMany(MOST.subscriptionsOfSocket, 'subscriptions', 'socket')
      }
      const sockets = socketsOfUser.get(user.id) ?? new Set<ClientSocket>()
      if (!sockets.has(socket) && sockets.size >= MOST.socketsOfUser) {
        return tooMany(MOST.socketsOfUser, 'sockets', 'user')
      }
      socketsOfUser.set(user.id, sockets.add(socket))
      return undefined
    }

    socket.on('subscribe', (message) => {
      subscribe(message).catch((error: unknown) => {
        log.error(`A subscription failed: ${String(error)}`)
        refuse('', { code: 'INTERNAL_ERROR', message: 'The service failed; its log tells why.' })
      })
    })
    socket.on('unsubscribe', (message) => {
      const name = readUnsubscribe(message)
      if (name !== undefined && names.delete(name)) subscriptions.remove(name, tell)
    })
    socket.on('disconnect', () => {
      for (const name of names) subscriptions.remove(name, tell)
      for (const [user, sockets] of socketsOfUser) {
        sockets.delete(socket)
        if (sockets.size === 0) socketsOfUser.delete(user)
      }
    })
  }

  /** What is somebody else's is as if it were not there. */
  async function isOf(user: User, { of, id }: Channel): Promise<boolean> {
    if (of === 'jobs of a user' || of === 'tasks of a user') return id === String(user.id)
    const subject = await (of === 'task' ? store.task(id) : store.job(id))
    return subject?.user === user.id
  }

  return {
    attach(server) {
      io.attach(server)
      io.engine.on('connection', (connection: ClientSocket['conn']) => {
        strangers.add(connection)
        connection.once('close', () => strangers.delete(connection))
      })
    },
    close() {
      closed = true
      subscriptions.close()
      // Not `io.close`, which would close the server as well.
      io.engine?.close()
    },
  }
}

const UNAUTHENTICATED: Refusal = {
  code: 'UNAUTHENTICATED',
  message:
    'auth.headers.Authorization must be "Bearer KEY" with a key of this service that has the scope task.read.',
}

function tooMany(most: number, things: string, whose: string): Refusal {
  const message = `There are ${most} ${things}, the most that a ${whose} may have.`
  return { code: 'TOO_MANY_REQUESTS', message }
}
