import { threadId } from 'node:worker_threads'
import { serveThread } from '../../src/tasks/serve-thread.ts'

/** Tells who does a task. */
export function tellThread({ name }: { name: string }) {
  return {
    name,
    thread: threadId,
    bytes: new Uint8Array([1, 2, 3]),
  }
}

serveThread({ work: tellThread, transferred: ({ bytes }) => [bytes.buffer] })
