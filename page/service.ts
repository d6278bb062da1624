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
}

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
  const refusal = z.safeParse(refusalSchema, await response.json().catch(() => undefined))
  throw new RefusedError(
    refusal.success ? refusal.data.message : strings.app.answered(response.status),
  )
}

/** What sends a value as JSON. */
export function jsonBody(method: 'POST' | 'PUT', value: unknown): RequestInit {
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) }
}
