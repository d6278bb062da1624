import type { ChildProcess } from 'node:child_process'
import * as z from 'zod/mini'
import { createFrameReader, type ProcessMessage, processMessageSchema } from './protocol.ts'

/** What a process says of one run. */
export type RunReport = Extract<ProcessMessage, { activationId: string }>

/** Who is told what a process says. */
export interface ProcessListener {
  /** It has loaded the action. */
  ready: () => void
  /** It cannot load the action. */
  unloadable: (message: string) => void
  report: (report: RunReport) => void
  /** An activation has printed something; undefined for what no activation has, or nobody knows which. */
  print: (stream: 'stdout' | 'stderr', text: string, activationId?: string) => void
  /** An activation prints no more on this stream. */
  endStream: (stream: 'stdout' | 'stderr', activationId: string) => void
}

/** Reads what the runner in a process sends and what its standard output and error have. */
export function listenToProcess(child: ChildProcess, listener: ProcessListener): void {
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on(
      'data',
      createFrameReader({
        text: (activationId, text) => listener.print(stream, text, activationId),
        end: (activationId) => listener.endStream(stream, activationId),
        unframed: (text) => listener.print(stream, text),
      }),
    )
  }
  child.on('message', (raw) => {
    const message = z.safeParse(processMessageSchema, raw).data
    if (message === undefined) return
    if (message.type === 'ready') listener.ready()
    else if (message.type === 'unloadable') listener.unloadable(message.message)
    else listener.report(message)
  })
}
