import * as z from 'zod/mini'
import type { JsonSchema } from '../../src/contract/instructions/json-schema.ts'
import type { ApiDocument } from '../api-document/api-document.ts'
import { resolve } from '../api-document/resolve.ts'
import { membersOf, requiredOf } from '../schema-form/json-schema.ts'

/** Where an operation is in the menu: before others, between them, or behind them. */
export type OperationGroup = 'import' | 'make' | 'export'

/** An operation as the document tells of it. */
export interface Operation {
  readonly name: string
  readonly group: OperationGroup
  /** What it does. */
  readonly sentence: string
  /** Whether it takes the files of other tasks. */
  readonly inputs: 'none' | 'optional' | 'required'
  /** Of a task of it, `operation` and `input` included. */
  readonly schema: JsonSchema
}

/** The operations by their names; one that has two is there under both. */
export type Operations = ReadonlyMap<string, Operation>

const jobRequestSchema = z.object({
  properties: z.object({
    tasks: z.object({
      additionalProperties: z.object({
        oneOf: z.array(
          z.looseObject({
            properties: z.object({ operation: z.object({ enum: z.array(z.string()) }) }),
          }),
        ),
      }),
    }),
  }),
})

const known = new WeakMap<ApiDocument, Operations>()

/**
 * The operations that a job can be made of.
 *
 * @throws when the document has no schema of jobs
 */
export function operationsOf(document: ApiDocument): Operations {
  const before = known.get(document)
  if (before !== undefined) return before
  const { properties } = jobRequestSchema.parse(document.components.schemas['JobRequest'])
  const operations = new Map(
    properties.tasks.additionalProperties.oneOf.flatMap(({ properties: own, ...rest }) => {
      const { enum: names } = own.operation
      const schema = resolve({ ...rest, properties: { ...own } }, document)
      const [name = ''] = names
      return names.map((each) => [each, toOperation(name, schema)] as const)
    }),
  )
  known.set(document, operations)
  return operations
}

/** Each of them once, in the order of the document. */
export function eachOperation(operations: Operations): readonly Operation[] {
  return [...new Map(Array.from(operations.values(), (each) => [each.name, each])).values()]
}

function toOperation(name: string, schema: JsonSchema): Operation {
  const [options] = (schema.allOf ?? []).filter((each) => typeof each !== 'boolean')
  const hasInput = Object.hasOwn(membersOf(schema), 'input')
  const isNeeded = requiredOf(schema).includes('input')
  return {
    name,
    group: groupOf(name),
    sentence: options?.description ?? '',
    inputs: isNeeded ? 'required' : hasInput ? 'optional' : 'none',
    schema,
  }
}

function groupOf(name: string): OperationGroup {
  if (name.startsWith('import/')) return 'import'
  return name.startsWith('export/') ? 'export' : 'make'
}
