import type { ConnectOverCDPTransport } from 'playwright-core'
import type { BrowserProcess } from './browser-process.ts'

/** Carries the messages of the DevTools protocol to a Chromium and back. */
export function browserTransport({
  commands,
  answers,
  end,
}: BrowserProcess): ConnectOverCDPTransport {
  const transport: ConnectOverCDPTransport = {
    send: (message) => void commands.write(`${JSON.stringify(message)}\0`),
    close: () => void end(),
  }
  // Of the message that has not ended yet, which may be a picture of many megabytes.
  let parts: Buffer[] = []
  answers.on('data', (bytes: Buffer) => {
    let from = 0
    for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, from)) {
      parts.push(bytes.subarray(from, at))
      const message: object = JSON.parse(Buffer.concat(parts).toString())
      parts = []
      from = at + 1
      transport.onmessage?.(message)
    }
    if (from < bytes.length) parts.push(bytes.subarray(from))
  })
  answers.on('close', () => transport.onclose?.())
  return transport
}
