import * as z from 'zod/mini'
import type { Elsewhere } from '../../config.ts'
import { whyOf } from '../../orders/actions-client.ts'
import { nameOf, type PlatformAccess } from '../../orders/platform.ts'
import { count, type Finding, remark, sound, wrong } from './finding.ts'

/** How long an answer may take, in milliseconds. */
const LONGEST_ANSWER_MS = 10_000

/** As many activations a service has under way on a namespace of Adobe I/O Runtime, with those of custom workers. */
const MOST_UNDER_WAY = 100

const namespacesSchema = z.array(z.string())
const limitsSchema = z.object({
  concurrentInvocations: z.optional(z.number()),
  invocationsPerMinute: z.optional(z.number()),
})
const actionsSchema = z.array(z.object({ name: z.string(), namespace: z.string() }))

/**
 * Looks whether activations can run elsewhere, and their events come back.
 *
 * @param deployable - the actions that are to be deployed, by package and name
 */
export async function* checkElsewhere(
  { publicUrl, platform, localRuntime }: Elsewhere,
  deployable: readonly string[],
): AsyncGenerator<Finding> {
  if (platform !== undefined) {
    const finding = await checkKey(platform)
    yield finding
    if (finding.state === 'sound') {
      yield await checkLimits(platform)
      yield await checkDeployed(platform, deployable)
    }
  }
  if (localRuntime !== undefined) yield await checkKey(localRuntime)
  yield await checkWayBack(publicUrl)
}

/** Says that actions run here, though there is what `aio` deploys them with. */
export function describeAioAlone(apiHost: string): Finding {
  return remark(
    `All actions run on this machine; AIO_RUNTIME_APIHOST (${apiHost}) is for aio alone as long as PUBLIC_URL does not say how what runs there gets here.`,
  )
}

/** Asks the REST API; undefined when it does not have what is asked for. */
async function ask<T>(
  { apiHost, apiKey }: PlatformAccess,
  path: string,
  schema: z.ZodMiniType<T>,
): Promise<T | number> {
  const response = await fetch(`${apiHost}/api/v1/namespaces${path}`, {
    headers: { authorization: `Basic ${Buffer.from(apiKey).toString('base64')}` },
    redirect: 'manual',
    signal: AbortSignal.timeout(LONGEST_ANSWER_MS),
  })
  const text = await response.text()
  const parsed = response.ok ? z.safeParse(schema, JSON.parse(text)) : undefined
  return parsed?.success === true ? parsed.data : response.status
}

async function checkKey(access: PlatformAccess): Promise<Finding> {
  const { namespace, keyName } = access
  const name = nameOf(access)
  try {
    const namespaces = await ask(access, '', namespacesSchema)
    if (namespaces === 401 || namespaces === 403) {
      return wrong(`${keyName} is not the key of ${name}.`)
    }
    if (typeof namespaces === 'number') {
      return wrong(
        `There should be an OpenWhisk for ${name}, and the answer has status ${namespaces}.`,
      )
    }
    if (namespace !== undefined && !namespaces.includes(namespace)) {
      return wrong(`${keyName} is the key of ${namespaces.join(', ')}, and not of ${name}.`)
    }
    return sound(`Actions run on ${name}, which takes ${keyName}.`)
  } catch (error) {
    return wrong(`Actions should run on ${name}, which does not answer: ${whyOf(error)}.`)
  }
}

async function checkLimits(access: PlatformAccess): Promise<Finding> {
  const limits = await ask(access, '/_/limits', limitsSchema).catch(() => 0)
  const { concurrentInvocations: most, invocationsPerMinute: rate } =
    typeof limits === 'number' ? {} : limits
  if (most === undefined) {
    return remark(
      'It does not tell its limits; those of Adobe I/O Runtime are 100 activations at a time and 600 a minute. What is beyond waits.',
    )
  }
  const told = `It takes ${count(most, 'activation')} at a time${rate === undefined ? '' : ` and ${rate} a minute`}`
  return most < MOST_UNDER_WAY
    ? remark(
        `${told}, fewer than the ${MOST_UNDER_WAY} that a service may have under way; others wait.`,
      )
    : sound(`${told}.`)
}

async function checkDeployed(
  access: PlatformAccess,
  deployable: readonly string[],
): Promise<Finding> {
  const listed = await ask(access, '/_/actions?limit=200', actionsSchema).catch(() => 0)
  if (typeof listed === 'number') return wrong('It does not tell what is deployed.')
  // The package is a part of the namespace.
  const deployed = listed.map(({ name, namespace }) =>
    [...namespace.split('/').slice(1), name].join('/'),
  )
  const missing = deployable.filter((name) => !deployed.includes(name))
  return missing.length === 0
    ? sound(
        `${count(deployable.length, 'action')} of the project ${deployable.length === 1 ? 'is' : 'are'} deployed.`,
      )
    : wrong(
        `${count(missing.length, 'action')} should be deployed and ${missing.length === 1 ? 'is' : 'are'} not: ${missing.join(', ')}; aio app deploy puts them there.`,
      )
}

async function checkWayBack(publicUrl: string): Promise<Finding> {
  try {
    const { status } = await fetch(`${publicUrl}/health/live`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(LONGEST_ANSWER_MS),
    })
    return status === 200
      ? sound(`PUBLIC_URL (${publicUrl}) leads to a service.`)
      : remark(
          `PUBLIC_URL (${publicUrl}) answers with status ${status}; it should lead to this service when it runs.`,
        )
  } catch (error) {
    return remark(
      `PUBLIC_URL (${publicUrl}) does not answer from here: ${whyOf(error)}; it should lead to this service when it runs.`,
    )
  }
}
