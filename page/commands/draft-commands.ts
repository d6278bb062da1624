import * as z from 'zod/mini'
import { confirm } from '../elements/confirm.ts'
import { inspectDraft } from '../job-composer/draft.ts'
import { operationsOf } from '../job-composer/operations.ts'
import { draftOfJob, storedJobSchema } from '../job-composer/stored-job.ts'
import { addressOf } from '../router.ts'
import { ask, jobsUrl, jsonBody, RefusedError } from '../service.ts'
import type { Store } from '../state.ts'
import { strings } from '../strings.ts'
import { messageOf, tellProblem } from './notices.ts'

const words = strings.composer

const formSchema = z.object({ url: z.string(), parameters: z.record(z.string(), z.string()) })

const createdSchema = z.object({
  data: z.object({
    id: z.string(),
    tasks: z.array(
      z.object({
        name: z.optional(z.string()),
        result: z.nullable(z.object({ form: z.optional(formSchema) })),
      }),
    ),
  }),
})

/** Begins another draft; the files of the one before are not its. */
export function startDraft(store: Store, draft: string, hidden?: readonly string[]): void {
  store.change({
    draft,
    draftMode: 'form',
    draftFiles: new Map(),
    draftTried: false,
    draftRefusal: undefined,
    draftHidden: hidden,
  })
}

/** Asks whether all of the draft is to go, and has it go. */
export async function discardDraft(store: Store): Promise<void> {
  const isMeant = await confirm({
    title: words.startOverTitle,
    text: words.startOverQuestion,
    confirm: words.startOverConfirm,
  })
  if (isMeant) startDraft(store, '')
}

/** Begins a draft with the job that the address names, once: a reload has the draft as it is then. */
export async function openJob(store: Store): Promise<void> {
  const { route, draft } = store.state()
  if (route.view !== 'compose' || route.from === undefined) return
  const address = addressOf({ view: 'compose' })
  history.replaceState(undefined, '', address)
  store.change({ route: { view: 'compose' } })
  const isMeant =
    draft === '' ||
    (await confirm({
      title: words.replaceTitle,
      text: words.replaceQuestion,
      confirm: words.replaceConfirm,
    }))
  if (!isMeant) return
  try {
    const url = jobsUrl(`/jobs/${encodeURIComponent(route.from)}?include=payload`)
    const { text, hidden } = draftOfJob(await ask(storedJobSchema, url))
    startDraft(store, text, hidden)
    store.change({ notice: { kind: 'info', text: words.reopened } })
  } catch (error) {
    tellProblem(store, error)
  }
}

/** Sends what is composed, unless something hinders it, and then its files; shows the job. */
export async function sendDraft(store: Store): Promise<void> {
  const { apiDocument, draft, draftFiles, sendingDraft, online } = store.state()
  if (apiDocument === undefined || sendingDraft === true || !online) return
  const { tasks = [], body, problems } = inspectDraft(draft, operationsOf(apiDocument))
  if (tasks.length === 0) return
  const waiting = tasks.filter(({ operation }) => operation?.name === 'import/upload')
  const isWrong = problems.some(({ isRemark }) => isRemark !== true)
  if (isWrong || waiting.some(({ name }) => !draftFiles.has(name))) {
    store.change({ draftTried: true })
    return
  }
  store.change({ sendingDraft: true, draftRefusal: undefined, notice: undefined })
  try {
    const { data } = await ask(createdSchema, jobsUrl('/jobs'), jsonBody('POST', body))
    store.change({ draftTried: false, draftHidden: undefined })
    location.hash = `#/jobs/${encodeURIComponent(data.id)}`
    const uploads = data.tasks.flatMap(({ name = '', result }) => {
      const file = draftFiles.get(name)
      return file === undefined || result?.form === undefined ? [] : [{ file, form: result.form }]
    })
    await Promise.all(uploads.map(({ file, form }) => upload(store, file, form)))
  } catch (error) {
    if (error instanceof RefusedError && Object.keys(error.errors).length > 0) {
      store.change({
        draftTried: true,
        draftRefusal: { draft, errors: error.errors },
        notice: { kind: 'negative', text: words.refused },
      })
    } else {
      tellProblem(store, error)
    }
  } finally {
    store.change({ sendingDraft: false })
  }
}

async function upload(
  store: Store,
  file: File,
  { url, parameters }: z.infer<typeof formSchema>,
): Promise<void> {
  const form = new FormData()
  for (const [name, value] of Object.entries(parameters)) form.append(name, value)
  form.append('file', file)
  // The page may have been opened under another name of this machine than the service has.
  const { pathname, search } = new URL(url)
  try {
    const response = await fetch(`${pathname}${search}`, { method: 'POST', body: form })
    if (!response.ok) throw new Error(strings.app.answered(response.status))
  } catch (error) {
    const text = words.notUploaded(file.name, messageOf(error))
    store.change({ notice: { kind: 'negative', text } })
  }
}
