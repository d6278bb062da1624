/** Changes of a draft's text that leave the rest of it as it was written. */
import { applyEdits, findNodeAtLocation, modify, type Node } from 'jsonc-parser'
import { firstValue, membersOf, requiredOf } from '../schema-form/json-schema.ts'
import { readTree } from '../schema-form/syntax.ts'
import { formattingOf, setField } from '../schema-form/text-edits.ts'
import { type DraftTask, inputsOf } from './draft.ts'
import type { Operation } from './operations.ts'

/** A job without tasks. */
export const EMPTY_DRAFT = '{\n  "tasks": {}\n}'

/** Operations that are there for several files. */
const GATHERING: readonly string[] = ['merge', 'archive']

/** What hardly anybody does without, and need not be there; it is left out when it stays empty. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  command: ['arguments'],
  watermark: ['text'],
  'pdf/encrypt': ['set_password'],
  'pdf/decrypt': ['password'],
}

/** Puts a task behind the others, under a name that none of them has, with the files of those before it. */
export function addTask(
  text: string,
  operation: Operation,
  tasks: readonly DraftTask[],
): { text: string; name: string } {
  const name = suggestName(
    operation.name,
    tasks.map((task) => task.name),
  )
  const inputs = suggestInputs(operation, tasks)
  const members = membersOf(operation.schema)
  const needed = requiredOf(operation.schema)
    .filter((option) => option !== 'operation' && option !== 'input')
    .map((option) => [option, firstValue(members[option] ?? {})] as const)
    .filter(([, value]) => value !== '')
  const task = {
    operation: operation.name,
    ...(inputs.length > 0 && { input: inputs.length === 1 ? inputs[0] : inputs }),
    ...Object.fromEntries(needed),
    ...Object.fromEntries((USUAL[operation.name] ?? []).map((option) => [option, ''])),
  }
  return { text: insertTask(text, name, task), name }
}

/** A name such as `convert-2`, which no task has yet. */
function suggestName(operation: string, taken: readonly string[]): string {
  const [kind = ''] = operation.split('/')
  let number = 1
  while (taken.includes(`${kind}-${number}`)) number += 1
  return `${kind}-${number}`
}

/** Renames a task, and what other tasks say of it. */
export function renameTask(text: string, from: string, to: string): string {
  const tree = readTree(text)
  const tasks = tree && findNodeAtLocation(tree, ['tasks'])
  const key = tasks?.children?.find(({ children = [] }) => children[0]?.value === from)
    ?.children?.[0]
  if (tasks === undefined || key === undefined) return text
  return applyEdits(
    text,
    [key, ...mentions(tasks, from)].map(({ offset, length }) => ({
      offset,
      length,
      content: JSON.stringify(to),
    })),
  )
}

/** Takes a task out, and out of the inputs of others. */
export function removeTask(text: string, name: string, tasks: readonly DraftTask[]): string {
  const without = replaceInput(text, name, [], tasks)
  return setField(without, ['tasks', name], undefined)
}

/** Says whose files a task takes, in this order. */
export function setInputs(text: string, name: string, inputs: readonly string[]): string {
  const [first] = inputs
  return setField(text, ['tasks', name, 'input'], inputs.length > 1 ? inputs : first)
}

/** Puts names in the place of one, wherever a task takes its files. */
function replaceInput(
  text: string,
  name: string,
  by: readonly string[],
  tasks: readonly DraftTask[],
): string {
  return tasks
    .filter(({ inputs }) => inputs.includes(name))
    .reduce((changed, task) => {
      const inputs = task.inputs.flatMap((input) => (input === name ? by : [input]))
      return setInputs(changed, task.name, inputs)
    }, text)
}

/** Puts further tasks `import/upload` behind one, and behind it wherever its file goes. */
export function addUploads(
  text: string,
  name: string,
  count: number,
  tasks: readonly DraftTask[],
): { text: string; names: readonly string[] } {
  const taken = tasks.map((task) => task.name)
  const names: string[] = []
  for (let added = 0; added < count; added += 1) {
    names.push(suggestName('import/upload', [...taken, ...names]))
  }
  const at = taken.indexOf(name) + 1
  const inserted = names.reduce(
    (changed, each, index) => insertTask(changed, each, { operation: 'import/upload' }, at + index),
    text,
  )
  return { text: replaceInput(inserted, name, [name, ...names], tasks), names }
}

function insertTask(text: string, name: string, task: object, at?: number): string {
  const edits = modify(text, ['tasks', name], task, {
    formattingOptions: formattingOf(text),
    ...(at !== undefined && { getInsertionIndex: () => at }),
  })
  return applyEdits(text, edits)
}

/** What is left over so far goes into whatever gathers files; anything else goes on with the last of it. */
function suggestInputs(
  { name, inputs, group }: Operation,
  tasks: readonly DraftTask[],
): readonly string[] {
  if (inputs === 'none') return []
  const givers = tasks.filter(({ operation }) => operation?.group !== 'export')
  const used = new Set(
    tasks.flatMap((task) => [...task.inputs, ...inputsOf(task.options['image'])]),
  )
  const left = givers.filter((task) => !used.has(task.name)).map((task) => task.name)
  const last = left.at(-1) ?? givers.at(-1)?.name
  if (left.length > 0 && (group === 'export' || GATHERING.includes(name))) return left
  return last === undefined ? [] : [last]
}

/** Where tasks name another: in `input`, and a watermark in `image`. */
function mentions(tasks: Node, name: string): readonly Node[] {
  return (tasks.children ?? []).flatMap(({ children = [] }) =>
    (children[1]?.children ?? []).flatMap(({ children: [field, value] = [] }) => {
      const isInput = field?.value === 'input' || field?.value === 'image'
      if (!isInput || value === undefined) return []
      return [value, ...(value.children ?? [])].filter(
        (each) => each.type === 'string' && each.value === name,
      )
    }),
  )
}
