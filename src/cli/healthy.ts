/** `node src/cli/healthy.ts`: whether the service of this machine can take requests, for whoever keeps it up, such as Docker. */
import { request } from 'node:https'
import { readConfig } from '../config.ts'

/** How long an answer may take, in milliseconds. */
const TIMEOUT_MS = 5000

/** Where to ask a service that listens at all addresses of this machine. */
const OWN_ADDRESSES: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' }

/** The status of the answer. Nothing secret is sent or believed, so that the name in the certificate does not matter. */
function ask(host: string, port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host, port, path: '/health/ready', rejectUnauthorized: false },
      (response) => {
        response.resume()
        resolve(response.statusCode)
      },
    )
    asked.setTimeout(TIMEOUT_MS, () => {
      asked.destroy(new Error(`The service has not answered for ${TIMEOUT_MS / 1000} s.`))
    })
    asked.on('error', reject)
    asked.end()
  })
}

try {
  const { place, port } = readConfig()
  const status = await ask(OWN_ADDRESSES[place.address] ?? place.address, port)
  if (status !== 200) throw new Error(`The service answers ${status}: it is not ready.`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
