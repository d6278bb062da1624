import { findNodeAtLocation, type JSONPath, type Node } from 'jsonc-parser'
import type { JsonSchema } from '../../src/contract/instructions/json-schema.ts'
import { memberOf } from '../schema-form/json-schema.ts'
import type { Language } from '../schema-form/language.ts'
import { strings } from '../strings.ts'
import { inspectDraft } from './draft.ts'
import type { Operations } from './operations.ts'

const words = strings.composer

/** What else a job has; `redirect` is for programs that wait. */
export const JOB_OPTIONS: Readonly<Record<string, JsonSchema>> = {
  tag: { type: 'string', description: words.tag },
  webhook_url: { type: 'string', description: words.webhookUrl },
}

/** What is known of drafts. */
export function draftLanguage(operations: Operations): Language {
  const names = [...operations.keys()]

  function taskSchema(text: Node, name: string): JsonSchema {
    const operation: unknown = findNodeAtLocation(text, ['tasks', name, 'operation'])?.value
    const known = typeof operation === 'string' ? operations.get(operation) : undefined
    const choice: JsonSchema = { description: known?.sentence ?? words.operation, enum: names }
    if (known === undefined) return { properties: { operation: choice } }
    const others = taskNames(text).filter((each) => each !== name)
    const input: JsonSchema = {
      description: words.input,
      anyOf: [{ enum: others }, { type: 'array', items: { enum: others } }],
    }
    // The last one of a name counts.
    return {
      allOf: [
        known.schema,
        { properties: { operation: choice, ...(known.inputs !== 'none' && { input }) } },
      ],
    }
  }

  return {
    label: words.editor,
    schemaAt(text, path) {
      const [first, name, ...rest] = path
      if (first === undefined) return { properties: { tasks: { type: 'object' }, ...JOB_OPTIONS } }
      if (first !== 'tasks') return stepInto(JOB_OPTIONS[first] ?? {}, path.slice(1))
      return typeof name === 'string' ? stepInto(taskSchema(text, name), rest) : undefined
    },
    matters: () => true,
    problemsOf: (text) => inspectDraft(text, operations).problems,
  }
}

function stepInto(schema: JsonSchema, path: JSONPath): JsonSchema | undefined {
  return path.reduce<JsonSchema | undefined>(
    (found, step) => found && memberOf(found, step),
    schema,
  )
}

function taskNames(text: Node): string[] {
  const tasks = findNodeAtLocation(text, ['tasks'])
  return (tasks?.children ?? []).flatMap(({ children: [key] = [] }) =>
    typeof key?.value === 'string' ? [key.value] : [],
  )
}
