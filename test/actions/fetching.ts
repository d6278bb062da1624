import { writeFile } from 'node:fs/promises'
import { get as getHttp } from 'node:http'
import { get as getHttps } from 'node:https'
import { text } from 'node:stream/consumers'
import * as z from 'zod/mini'
import { worker } from '../../src/sdk/custom-worker.ts'
import { readParameters } from '../../src/sdk/parameters.ts'

const parameters = z.object({
  calls: z.array(
    z.object({
      url: z.string(),
      method: z._default(z.string(), 'GET'),
      body: z.optional(z.unknown()),
      /** With node:https or node:http, and not with fetch. */
      classic: z._default(z.boolean(), false),
    }),
  ),
})

type Call = z.infer<typeof parameters>['calls'][number]

/** Makes the calls that it is told to, one after the other, and writes what came back, one line each. */
export const main = worker(async (_source, rendition) => {
  const { calls } = readParameters(parameters, rendition.instructions)
  const lines: string[] = []
  for (const call of calls) lines.push(await (call.classic ? callClassic(call) : callFetch(call)))
  await writeFile(rendition.path, `${lines.join('\n')}\n`)
})

async function callFetch({ url, method, body }: Call): Promise<string> {
  try {
    const response = await fetch(url, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return `${response.status} ${await response.text()}`
  } catch (error) {
    return `no answer: ${error instanceof Error && error.cause instanceof Error ? error.cause.name : ''}`
  }
}

function callClassic({ url }: Call): Promise<string> {
  const get = url.startsWith('https:') ? getHttps : getHttp
  return new Promise((resolve, reject) => {
    get(url, (response) => {
      text(response).then((body) => resolve(`${response.statusCode} ${body}`), reject)
    }).on('error', reject)
  })
}
