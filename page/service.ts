import * as z from 'zod/mini'
import { refusalSchema } from '../src/doors/page/api.ts'
import { strings } from './strings.ts'

const BASE = '/devtool/api'

/** The address of something that the service has, for pictures and links. */
export function urlOf(...parts: readonly (string | number)[]): string {
  return [BASE, ...parts.map((part) => encodeURIComponent(part))].join('/')
}

/** What the service has refused, in its own sentence. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
  /** What is wrong with which fields, where that is told. */
  readonly errors: WrongFields

  constructor(message: string, errors: WrongFields = {}) {
    super(message)
    this.errors = errors
  }
}

/** Sentences, by the names of fields such as `tasks.convert-1.width`. */
export type WrongFields = Readonly<Record<string, readonly string[]>>

const whatIsWrong = z.extend(refusalSchema, {
  errors: z.optional(z.record(z.string(), z.array(z.string()))),
})

/**
 * Asks the service.
 *
 * @throws {RefusedError} what it has refused
 * @throws {Error} when it cannot be reached
 */
export async function ask<T>(
  schema: z.ZodMiniType<T>,
  url: string,
  init?: RequestInit,
): Promise<T> {
  const response = await fetch(url, init).catch((cause: unknown) => {
    throw new Error(strings.app.offline, { cause })
  })
  if (response.ok) {
    const isEmpty = response.status === 202 || response.status === 204
    return schema.parse(isEmpty ? undefined : await response.json())
  }
  const refusal = z.safeParse(whatIsWrong, await response.json().catch(() => undefined))
  throw refusal.success
    ? new RefusedError(refusal.data.message, refusal.data.errors)
    : new RefusedError(strings.app.answered(response.status))
}

/** The address of something of the jobs API, which the page asks as the user of this machine. */
export function jobsUrl(path: string): string {
  return apiUrl(`/v2${path}`)
}

/** The same for a path that begins with `/v2`. */
export function apiUrl(path: string): string {
  return `${BASE}${path}`
}

/** What sends a value as JSON. */
export function jsonBody(method: 'POST' | 'PUT', value: unknown): RequestInit {
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) }
}
