/** A job as what is filled into Workfront Fusion's modules of CloudConvert, under the names that Fusion shows. */
import { isRecord } from '../../src/base/json.ts'
import { inputsOf } from '../job-composer/draft.ts'
import { showValue } from '../schema-form/shown-value.ts'
import { bodyOf, type CopiedJob, type CopiedTask } from './copied-job.ts'
import { type Filled, printFields } from './fusion-fields.ts'
import { type FusionModule, MODULES, PROFILES } from './fusion-modules.ts'

const OPTIONS_FIELD = 'Conversion and engine specific options'
const CONNECTION: Filled = ['Connection', 'your connection to CloudConvert']

/** A job as a list of modules and their fields. */
export function copyJobAsFusion(job: CopiedJob): string {
  const one = oneModule(job)
  if (one !== undefined) return printFields([one])
  return printFields(isOfModules(job) ? advanced(job) : apiCall(job))
}

/** Files in, one operation, its files out: what a single module does. */
function oneModule({ tasks, others, uploads }: CopiedJob): Filled | undefined {
  const imports = tasks.filter(isImport)
  const [made, ...moreMade] = tasks.filter((task) => task.operation in MODULES)
  const [exported, ...moreExported] = tasks.filter(isPlainExport)
  const module = MODULES[made?.operation ?? '']
  const isWhole = imports.length + 2 === tasks.length && Object.keys(others).length === 0
  if (made === undefined || exported === undefined || module === undefined || !isWhole) {
    return undefined
  }
  const isLine =
    moreMade.length + moreExported.length === 0 &&
    sameTexts(
      inputsOf(made.options['input']),
      imports.map(({ name }) => name),
    ) &&
    sameTexts(inputsOf(exported.options['input']), [made.name])
  const isFilled = module.input === 'Input Files' ? imports.length > 0 : imports.length === 1
  if (!isLine || !isFilled) return undefined
  return [
    `CloudConvert > ${module.title}`,
    [
      CONNECTION,
      ...imports.flatMap((task) => importFields(task, module.input, uploads)),
      ...optionFields(made, module),
      ['Download a file', 'Yes'],
    ],
  ]
}

/** Whether all tasks are among those that the module for whole jobs has. */
function isOfModules({ tasks, others }: CopiedJob): boolean {
  return (
    tasks.some((task) => !isImport(task)) &&
    Object.keys(others).every((name) => name === 'tag') &&
    tasks.every((task) => isImport(task) || isPlainExport(task) || task.operation in MODULES)
  )
}

function advanced({ tasks, others, uploads }: CopiedJob): Filled[] {
  const made = tasks
    .filter((task) => !isImport(task))
    .map((task): Filled => {
      const module = MODULES[task.operation]
      return [
        module?.title ?? 'Export a File to Temporary URL',
        [
          ['Name', task.name],
          ['Input', inputsOf(task.options['input']).join(', ')],
          ...(module === undefined ? [] : optionFields(task, module)),
        ],
      ]
    })
  const exports = tasks.filter(isPlainExport)
  return [
    [
      'CloudConvert > Create a Job (advanced)',
      [
        CONNECTION,
        ...tasks
          .filter(isImport)
          .flatMap((task): Filled[] => [
            ['Name', task.name],
            ...importFields(task, 'Input Files', uploads),
          ]),
        ['Tasks', made],
        ...(others['tag'] === undefined ? [] : [['Tag', showValue(others['tag'])] as const]),
      ],
    ],
    ['CloudConvert > New Job Event, in a scenario of its own', [['Event', 'Job finished']]],
    ...exports.map(({ name }): Filled => [
      'CloudConvert > Download a File',
      [CONNECTION, ['Task ID', `the id of the task ${name}, out of the event`]],
    ]),
  ]
}

function apiCall(job: CopiedJob): Filled[] {
  const files = job.uploads.map(({ task, file }): Filled => [
    'HTTP > Make a request',
    [
      ['URL', `result.form.url of the task ${task}, out of the answer`],
      ['Method', 'POST'],
      ['Body type', 'Multipart/form-data'],
      ['Fields', `all of result.form.parameters, then file: ${file.name}`],
    ],
  ])
  return [
    [
      'CloudConvert > Make an API Call',
      [
        CONNECTION,
        ['URL', '/v2/jobs'],
        ['Method', 'POST'],
        ['Headers', '{"Content-Type": "application/json"}'],
        ['Query String', '(nothing)'],
        ['Body', JSON.stringify(bodyOf(job), undefined, 2)],
      ],
    ],
    ...files,
    ['CloudConvert > New Job Event, in a scenario of its own', [['Event', 'Job finished']]],
  ]
}

function importFields(
  { name, operation, options }: CopiedTask,
  field: string,
  uploads: CopiedJob['uploads'],
): Filled[] {
  if (operation === 'import/upload') {
    const file = uploads.find(({ task }) => task === name)?.file.name ?? ''
    return [
      [field, 'Upload a File'],
      ['Upload a File', `the file of a module before it, such as ${file}`],
    ]
  }
  const { headers } = options
  return [
    [field, 'Import a File from URL'],
    ['URL', showValue(options['url'])],
    ...(isRecord(headers) ? [['Headers', JSON.stringify(headers)] as const] : []),
  ]
}

function optionFields({ options }: CopiedTask, { named }: FusionModule): Filled[] {
  const rest = Object.entries(options).filter(([name]) => name !== 'input' && !(name in named))
  return [
    ...Object.entries(named).flatMap(([name, field]): Filled[] => {
      const value = options[name]
      if (value === undefined) return []
      const shown = showValue(value)
      return [[field, name === 'profile' ? (PROFILES[shown] ?? shown) : shown]]
    }),
    ...(rest.length === 0
      ? []
      : [[OPTIONS_FIELD, rest.map(([name, value]): Filled => [name, showValue(value)])] as const]),
  ]
}

function isImport({ operation, options }: CopiedTask): boolean {
  const known = operation === 'import/upload' ? [] : ['url', 'headers']
  return (
    (operation === 'import/upload' || operation === 'import/url') &&
    Object.keys(options).every((name) => known.includes(name))
  )
}

/** An export with an option has no field for it. */
function isPlainExport({ operation, options }: CopiedTask): boolean {
  return operation === 'export/url' && Object.keys(options).every((name) => name === 'input')
}

function sameTexts(some: readonly string[], others: readonly string[]): boolean {
  return some.toSorted().join('\n') === others.toSorted().join('\n')
}
