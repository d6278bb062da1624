import { html, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { DevtoolRequest, Rendition, RequestActivation } from '../../src/doors/page/api.ts'
import { jsonTree } from '../elements/json-tree.ts'
import type { Tab } from '../elements/tab-set.ts'
import type { TreeNode } from '../elements/tree-node.ts'
import { timingsView } from '../frame/timings-view.ts'
import { logOf } from '../logs/activation-log.ts'
import { activationView } from '../logs/activation-view.ts'
import { nameOf } from '../model/request-summary.ts'
import { strings } from '../strings.ts'
import '../elements/folding-tree.ts'
import '../elements/tab-set.ts'

const words = strings.inspection

/** What is inside of a rendition: the request, its event, the logs, and what took the time. */
export function inspectionView(request: DevtoolRequest, position: number): TemplateResult {
  const rendition = request.renditions[position]
  const tabs: readonly Tab[] = [
    { id: 'request', title: words.request, content: () => jsonView(request.body, words.request) },
    {
      id: 'event',
      title: words.event,
      content: () =>
        rendition?.event === undefined
          ? html`<p>${words.noEvent}</p>`
          : jsonView(rendition.event, words.event),
    },
    { id: 'logs', title: words.logs, content: () => logsView(request, rendition) },
    { id: 'timings', title: words.timings, content: () => timesView(request) },
  ]
  return html`<tab-set
    label=${strings.rendition.inside}
    .tabs=${tabs}
    .selected=${rendition?.failure === undefined ? 'request' : 'logs'}
  ></tab-set>`
}

/** When what has happened, of all renditions of a request. */
function timesView({ sentAt, renditions }: DevtoolRequest): TemplateResult {
  const parts = renditions.map((each, position) => ({
    name: nameOf(each, position),
    spans: each.spans,
  }))
  const { rendition: row, caption } = strings.timings
  return timingsView(parts, { begin: sentAt, now: Date.now(), apart: true, row, caption })
}

/** The tree of a value, so that it is not made anew for everything that is drawn. */
const trees = new WeakMap<object, readonly TreeNode[]>()

function jsonView(value: unknown, label: string): TemplateResult {
  return html`<folding-tree .roots=${rootsOf(value)} label=${label}></folding-tree>`
}

function rootsOf(value: unknown): readonly TreeNode[] {
  if (typeof value !== 'object' || value === null) return [jsonTree(value)]
  const roots = trees.get(value) ?? [jsonTree(value)]
  trees.set(value, roots)
  return roots
}

function logsView(
  { id, activations }: DevtoolRequest,
  rendition: Rendition | undefined,
): TemplateResult {
  if (activations.length === 0) return html`<p>${words.noLogs}</p>`
  const line = rendition?.failure?.line
  // What concerns this rendition is seen first; the others are folded.
  const isOwn = (each: RequestActivation): boolean =>
    each.id === line?.activationId || each.action === rendition?.worker.split('/').at(-1)
  const sorted = activations.toSorted((one, other) => Number(isOwn(other)) - Number(isOwn(one)))
  return html`${repeat(
    sorted,
    (each) => `${id} ${each.id} ${line?.line}`,
    (each) =>
      activationView(
        each,
        isOwn(each) || activations.length === 1,
        logOf(
          each.logs,
          strings.log.of(each.action),
          line?.activationId === each.id ? line.line : undefined,
        ),
      ),
  )}`
}
