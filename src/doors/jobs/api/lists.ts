import type { Context } from 'hono'
import { readWholeNumber } from '../../../http/read-request.ts'
import type { HttpEnv } from '../../../http/root-app.ts'

/** As CloudConvert has it when nothing is asked for. */
const PER_PAGE = 100
const MOST_PER_PAGE = 1000

/** Which part of a list is asked for. */
export interface Page {
  /** From 1. */
  readonly page: number
  readonly perPage: number
}

/**
 * Reads `page` and `per_page`; clients of .NET send them empty when nothing is meant.
 *
 * @throws {ServiceError} `invalid`
 */
export function readPage(c: Context<HttpEnv>): Page {
  const query = filled(c)
  return {
    page: readWholeNumber(query, 'page', { otherwise: 1, min: 1, max: 1_000_000 }),
    perPage: readWholeNumber(query, 'per_page', {
      otherwise: PER_PAGE,
      min: 1,
      max: MOST_PER_PAGE,
    }),
  }
}

/** A member of `filter[…]`; undefined when it is empty or not there. */
export function readFilter(c: Context<HttpEnv>, name: string): string | undefined {
  return filled(c)[`filter[${name}]`]
}

/**
 * The body of a list.
 *
 * @param items - of this page, and one more when another page follows
 */
export function listBody(
  { page, perPage }: Page,
  items: readonly object[],
  url: string,
): { data: readonly object[]; links: object; meta: object } {
  const data = items.slice(0, perPage)
  const from = (page - 1) * perPage + 1
  const linkTo = (target: number): string => {
    const link = new URL(url)
    link.searchParams.set('page', String(target))
    return link.href
  }
  const { origin, pathname } = new URL(url)
  return {
    data,
    links: {
      first: linkTo(1),
      last: null,
      prev: page > 1 ? linkTo(page - 1) : null,
      next: items.length > perPage ? linkTo(page + 1) : null,
    },
    meta: {
      current_page: page,
      from: data.length === 0 ? null : from,
      path: `${origin}${pathname}`,
      per_page: perPage,
      to: data.length === 0 ? null : from + data.length - 1,
    },
  }
}

function filled(c: Context<HttpEnv>): Record<string, string> {
  return Object.fromEntries(Object.entries(c.req.query()).filter(([, value]) => value !== ''))
}
