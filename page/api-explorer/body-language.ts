import { isRecord, parseJson } from '../../src/base/json.ts'
import type { JsonSchema } from '../../src/contract/instructions/json-schema.ts'
import { checkMembers } from '../job-composer/schema-check.ts'
import { memberOf } from '../schema-form/json-schema.ts'
import type { Language } from '../schema-form/language.ts'
import { findSyntaxProblem, locate, readTree } from '../schema-form/syntax.ts'
import { strings } from '../strings.ts'

const words = strings.api

/** What is known of the bodies of a call. */
export function bodyLanguage(schema: JsonSchema, call: string): Language {
  return {
    label: words.bodyOf(call),
    schemaAt: (_text, path) =>
      path.reduce<JsonSchema | undefined>((found, step) => found && memberOf(found, step), schema),
    matters: () => true,
    problemsOf(text) {
      const syntax = findSyntaxProblem(text)
      if (syntax !== undefined) return [syntax]
      const value = parseJson(text)
      if (!isRecord(value)) return [{ message: words.noJson, offset: 0, length: 1 }]
      const tree = readTree(text)
      return checkMembers(schema, value).map(({ message, path }) => {
        const { offset, length } = locate(tree, path)
        return { message, offset, length }
      })
    },
  }
}
