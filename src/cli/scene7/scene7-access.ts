import { escapeXml } from '../../base/xml.ts'
import { readJobsEnv } from '../../client/jobs/jobs-env-file.ts'
import type { Config } from '../../config.ts'
import { UNDATED } from '../../doors/scene7/ips/ips-namespaces.ts'
import { readScene7Env } from '../../doors/scene7/scene7-env.ts'

/** Where a service is, and who asks it for what. */
export interface Scene7Access {
  /** Such as `https://localhost:9443`. */
  readonly origin: string
  readonly user: string
  readonly password: string
  readonly company: string
}

/**
 * Which service a command is to use, and with whose credentials: those of `scene7.env` in the state folder. Where the service
 * is, its `jobs.env` tells, which it writes at each start.
 *
 * @throws {Error} one sentence when there are no credentials
 */
export async function findScene7Access(
  given: { readonly url: string | undefined; readonly company: string | undefined },
  { home, port }: Pick<Config, 'home' | 'port'>,
): Promise<Scene7Access> {
  const { user, password, company } = await readScene7Env(home)
  if (user === undefined || password === undefined || company === undefined) {
    throw new Error(
      `There is no scene7.env in ${home}, which npm start writes: DARKROOM_HOME must be the folder of the service.`,
    )
  }
  const written = await readJobsEnv(home)
  const origin =
    given.url ?? (written && URL.parse(written.url)?.origin) ?? `https://localhost:${port}`
  return { origin, user, password, company: given.company ?? company }
}

/** Says who it is that asks, as an element of IPS. */
export function writeAuthHeader({ user, password }: Scene7Access): string {
  return writeTexts('authHeader', { user, password })
}

/** Writes an element with elements of text in it, in the namespace that is the same for all versions. */
export function writeTexts(name: string, texts: Readonly<Record<string, string>>): string {
  const children = Object.entries(texts).map(
    ([child, text]) => `<${child}>${escapeXml(text)}</${child}>`,
  )
  return `<${name} xmlns="${UNDATED}">${children.join('')}</${name}>`
}
