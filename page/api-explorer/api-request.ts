import { isRecord, parseJson } from '../../src/base/json.ts'
import type { JsonSchema } from '../../src/contract/instructions/json-schema.ts'
import type { ApiRoute } from '../api-document/api-document.ts'
import { firstValue, membersOf, requiredOf } from '../schema-form/json-schema.ts'
import { showValue } from '../schema-form/shown-value.ts'

/** A call of the API as it is to be made. */
export interface ApiRequest {
  readonly method: string
  /** From `/v2` on, with its query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** JSON; undefined for none. */
  readonly body: string | undefined
  /** The fields of a form; undefined for none. A file comes behind them. */
  readonly form: Readonly<Record<string, string>> | undefined
}

/**
 * Makes the call of a route.
 *
 * @param values - what was filled in for its parameters and the fields of its form, by their names
 * @returns the call, or the names of what is missing
 */
export function requestOf(
  { method, path, route }: { method: string; path: string; route: ApiRoute },
  values: Readonly<Record<string, unknown>>,
  body: string,
): { request: ApiRequest } | { missing: readonly string[] } {
  const { parameters = [], requestBody } = route
  const text = (name: string): string => showValue(values[name])
  const fields = formFields(route).map(([name]) => name)
  const needed = parameters.filter(({ required }) => required === true).map(({ name }) => name)
  const missing = [...needed, ...fields].filter((name) => text(name) === '')
  if (missing.length > 0) return { missing }
  const given = parameters.filter(({ name }) => text(name) !== '')
  const query = new URLSearchParams(
    given
      .filter((each) => each.in === 'query')
      .map(({ name }): [string, string] => [name, text(name)]),
  ).toString()
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(text(name)))
  return {
    request: {
      method: method.toUpperCase(),
      path: query === '' ? filled : `${filled}?${query}`,
      headers: Object.fromEntries(
        given.filter((each) => each.in === 'header').map(({ name }) => [name, text(name)]),
      ),
      body: requestBody?.content['application/json'] === undefined ? undefined : body,
      form:
        requestBody?.content[FORM] === undefined
          ? undefined
          : Object.fromEntries(fields.map((name) => [name, text(name)])),
    },
  }
}

const FORM = 'multipart/form-data'

/** The fields of the form that a route takes, but for its file. */
export function formFields({ requestBody }: ApiRoute): readonly (readonly [string, JsonSchema])[] {
  const schema = requestBody?.content[FORM]?.schema
  return Object.entries(membersOf(schema ?? {})).filter(([, { format }]) => format !== 'binary')
}

/** Whether a route takes a form. */
export function takesForm({ requestBody }: ApiRoute): boolean {
  return requestBody?.content[FORM] !== undefined
}

/** A body to begin with: what must be in it. */
export function firstBody(schema: JsonSchema): string {
  const members = membersOf(schema)
  const needed = requiredOf(schema).map((name) => [name, firstValue(members[name] ?? {})] as const)
  return JSON.stringify(Object.fromEntries(needed), undefined, 2)
}

/** A body without what is secret by its schema, which stands there by its name. */
export function withoutSecrets(body: string, schema: JsonSchema): string {
  const value = parseJson(body)
  if (!isRecord(value)) return body
  const members = membersOf(schema)
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        name,
        members[name]?.writeOnly === true ? `<${name}>` : member,
      ]),
    ),
    undefined,
    2,
  )
}
