import type { Activation } from './activation.ts'

const MOST_RECORDS = 1000
const MOST_BYTES = 64 * 1024 * 1024

/** The records of activations that have ended. */
export interface ActivationRecords {
  keep: (activation: Activation) => void
  find: (activationId: string) => Activation | undefined
  /** Newest first. */
  list: () => readonly Activation[]
}

/**
 * Keeps the records of the latest activations in memory: {@link MOST_RECORDS} of them, with {@link MOST_BYTES} of logs and
 * results in all, and the very last one whatever its size. The oldest go first.
 */
export function createActivationRecords(): ActivationRecords {
  const records = new Map<string, { activation: Activation; bytes: number }>()
  let total = 0

  return {
    keep(activation) {
      const bytes = sizeOf(activation)
      records.set(activation.activationId, { activation, bytes })
      total += bytes
      for (const [id, oldest] of records) {
        if (records.size === 1 || (records.size <= MOST_RECORDS && total <= MOST_BYTES)) break
        records.delete(id)
        total -= oldest.bytes
      }
    },
    find: (activationId) => records.get(activationId)?.activation,
    list: () => [...records.values()].map(({ activation }) => activation).toReversed(),
  }
}

function sizeOf({ logs, response }: Activation): number {
  const result = JSON.stringify(response.result)
  return logs.reduce((sum, line) => sum + Buffer.byteLength(line), Buffer.byteLength(result))
}
