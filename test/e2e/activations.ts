import * as z from 'zod/mini'
import { readConsole } from './api-client.ts'

const listSchema = z.array(z.object({ activationId: z.string() }))

/**
 * Reads the records of all activations of a service, with their logs. An activation ends a moment after its events, so
 * this waits until there are `count`.
 */
export async function readActivations(
  origin: string,
  home: string,
  count: number,
): Promise<unknown[]> {
  const { namespace } = readConsole(home)
  const authorization = `Basic ${Buffer.from(namespace.auth).toString('base64')}`
  const url = `${origin}/api/v1/namespaces/_/activations`
  const read = async (from: string): Promise<unknown> =>
    (await fetch(from, { headers: { authorization } })).json()
  let list: { activationId: string }[] = []
  while (list.length < count) list = listSchema.parse(await read(`${url}?limit=200`))
  return Promise.all(list.map(({ activationId }) => read(`${url}/${activationId}`)))
}
