import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { type Pack, pack } from 'tar-stream'
import { bytesOf } from '../archive/write-tar.ts'
import { type CommandOutput, openOutput } from './collect-outputs.ts'

/** Writes a TAR of what a command has left, with a report behind it. */
export async function writeOutputs(
  path: string,
  outputs: readonly CommandOutput[],
  report: string,
  signal: AbortSignal,
): Promise<void> {
  const packed = pack()
  const written = pipeline(bytesOf(packed), createWriteStream(path), { signal })
  const filled = fill(packed, outputs, report, signal)
  // One that fails ends the other.
  filled.catch((error: Error) => packed.destroy(error))
  written.catch(() => packed.destroy())
  await Promise.all([filled, written])
}

async function fill(
  packed: Pack,
  outputs: readonly CommandOutput[],
  report: string,
  signal: AbortSignal,
): Promise<void> {
  for (const output of outputs) {
    const entry = packed.entry({ name: output.name, size: output.size })
    await pipeline(await openOutput(output), entry, { signal })
  }
  packed.entry({ name: 'report.json' }, report)
  packed.finalize()
}
