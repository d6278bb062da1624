import { readFileSync, statSync } from 'node:fs'
import { parseJson } from '../../../base/json.ts'
import type { Log } from '../../../base/log.ts'
import { check } from '../../../base/validation.ts'
import { applyAttributes, attributesFileSchema } from './attributes-schema.ts'
import type { CompanyAttributes } from './attributes.ts'

/** What holds for each company where a request says nothing. */
export interface Attributes {
  readonly of: (company: string) => CompanyAttributes
}

/** The member of the file that holds for all companies; Adobe calls that catalogue the same. */
const FOR_ALL = 'default'

/**
 * Reads attributes from a JSON file, and again whenever it is changed: a mistake in it is logged then, and what held before
 * goes on.
 *
 * @param options.file - there need be none
 * @param options.otherwise - what holds where it says nothing
 * @throws {Error} one sentence when the file is none at the start
 */
export function openAttributesFile({
  file,
  otherwise,
  log,
}: {
  readonly file: string
  readonly otherwise: CompanyAttributes
  readonly log: Pick<Log, 'error'>
}): Attributes {
  let stamp = stampOf(file)
  let known = read(file, otherwise)

  function refresh(): void {
    const current = stampOf(file)
    if (current === stamp) return
    stamp = current
    try {
      known = read(file, otherwise)
    } catch (error) {
      log.error(error instanceof Error ? error.message : String(error))
    }
  }

  return {
    of(company) {
      refresh()
      return known.companies.get(company) ?? known.forAll
    },
  }
}

/** Another one whenever the file is another. */
function stampOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false })
  return stats === undefined ? '' : `${stats.mtimeMs}:${stats.size}:${stats.ino}`
}

function read(file: string, otherwise: CompanyAttributes) {
  const written = readWritten(file)
  const forAll = applyAttributes(otherwise, written[FOR_ALL] ?? {})
  const companies = Object.entries(written).map(
    ([company, attributes]) => [company, applyAttributes(forAll, attributes)] as const,
  )
  return { forAll, companies: new Map(companies) }
}

function readWritten(file: string) {
  if (stampOf(file) === '') return {}
  const checked = check(attributesFileSchema, parseJson(readFileSync(file, 'utf8')), file)
  if (checked.ok) return checked.value
  throw new Error(
    checked.message.startsWith(file) ? checked.message : `${file}: ${checked.message}`,
  )
}
