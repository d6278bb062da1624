import { time } from './measure.ts'

/** Sends so many requests a second, whether or not earlier ones were answered; resolves with every answer's time. */
export async function sendSteadily(
  { rate, seconds }: { rate: number; seconds: number },
  send: () => Promise<void>,
): Promise<{ latencies: number[]; perSecond: number }> {
  const start = performance.now()
  const pending: Promise<number>[] = []
  while (pending.length < rate * seconds) {
    const due = Math.floor(((performance.now() - start) / 1000) * rate)
    while (pending.length < Math.min(due, rate * seconds)) pending.push(time(send))
    await new Promise((resolve) => {
      setTimeout(resolve, 1)
    })
  }
  const latencies = await Promise.all(pending)
  return { latencies, perSecond: pending.length / ((performance.now() - start) / 1000) }
}
