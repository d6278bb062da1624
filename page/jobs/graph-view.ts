import { html, nothing, svg, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { workLight } from '../frame/work-light.ts'
import { addressOf } from '../router.ts'
import { formatBytes } from '../strings.ts'
import { styleMap } from '../style-map.ts'
import { stepOf } from './job-title.ts'
import { formatSpan } from './job-words.ts'
import { inputsOf, type KnownJob, type KnownTask, nameOfTask, originOf } from './job.ts'
import { type GraphBox, layOutTasks } from './task-graph.ts'
import { viewWords } from './view-words.ts'

const words = viewWords.job

/** The box of a task and what is around it, in pixels; jobs.css has the same size of a box. */
const BOX = { width: 232, height: 108, right: 56, below: 16 } as const

/** The tasks of a job as boxes, each to the right of those that it needs. */
export function graphView(known: KnownJob, chosen: KnownTask | undefined): TemplateResult {
  const graph = layOutTasks(known.tasks.map(({ task }) => task))
  const width = graph.columns * (BOX.width + BOX.right) - BOX.right
  const height = Math.ceil(graph.rows * (BOX.height + BOX.below) - BOX.below)
  const shown = chosen && originOf(known, chosen)
  const places = new Map(graph.boxes.map((box) => [box.id, placeOf(box)]))
  return html`<div class="graph-box" role="region" aria-label=${words.graph} tabindex="0">
    <div class="graph" style=${styleMap({ width: `${width}px`, height: `${height}px` })}>
      <svg width=${width} height=${height} aria-hidden="true">
        ${graph.lines.map(({ from, to }) => {
          const isFailed = known.tasks.some(
            ({ task }) => task.id === from.id && task.status === 'error',
          )
          return svg`<path class=${isFailed ? 'broken' : ''} d=${lineOf(from, to)} />`
        })}
      </svg>
      <ol>
        ${repeat(
          known.tasks,
          ({ task }) => task.id,
          (each) =>
            boxView(known, each, { isChosen: each === shown, place: places.get(each.task.id) }),
        )}
      </ol>
    </div>
  </div>`
}

interface Place {
  readonly x: number
  readonly y: number
}

function placeOf({ column, row }: GraphBox): Place {
  return { x: column * (BOX.width + BOX.right), y: Math.round(row * (BOX.height + BOX.below)) }
}

/** From the middle of the right side of one box to that of the left side of another. */
function lineOf(from: GraphBox, to: GraphBox): string {
  const start = placeOf(from)
  const end = placeOf(to)
  const [x1, y1] = [start.x + BOX.width, start.y + BOX.height / 2]
  const [x2, y2] = [end.x, end.y + BOX.height / 2]
  // The bend is before the box, so that a long line runs between the rows as long as it can.
  const bend = BOX.right / 2
  return `M${x1} ${y1} C${x1 + bend} ${y1} ${x1 + bend} ${y2} ${x1 + BOX.right} ${y2} H${x2}`
}

function boxView(
  known: KnownJob,
  each: KnownTask,
  { isChosen, place = { x: 0, y: 0 } }: { isChosen: boolean; place: Place | undefined },
): TemplateResult {
  const { task, facts } = each
  const name = nameOfTask(task)
  const needed = inputsOf(known, task).map((input) => nameOfTask(input.task))
  const retries = known.retries.filter((retry) => retry.task.retry_of_task_id === task.id).length
  return html`<li style=${styleMap({ left: `${place.x}px`, top: `${place.y}px` })}>
    <a
      class="task-box ${task.status}"
      href=${addressOf({ view: 'job', id: known.job.id, task: name })}
      aria-current=${isChosen ? 'true' : nothing}
    >
      <span class="task-name">${name}</span>
      <span class="task-step"
        >${stepOf(task, facts.options)}${retries > 0 ? ` · ${words.retried(retries)}` : ''}</span
      >
      <span class="task-state">
        ${workLight(facts.state, viewWords.statuses[task.status])}
        <span class="task-time">${timeOf(each)}</span>
      </span>
      ${task.status === 'processing' ? progressView(each) : nothing}
      ${task.status === 'processing' ? nothing : html`<span class="task-message">${toldOf(each)}</span>`}
      ${needed.length > 0 ? html`<span class="unseen">${words.needs(needed)}</span>` : nothing}
    </a>
  </li>`
}

/** Without a number where nobody knows how far it is. */
function progressView({ task, facts: { progress } }: KnownTask): TemplateResult {
  const label = words.progressOf(nameOfTask(task))
  const told = task.message ?? ''
  if (progress === undefined) {
    return html`<progress aria-label=${label}></progress>
      <span class="task-message">${told}</span>`
  }
  const percent = Math.floor(progress * 100)
  return html`<progress aria-label=${label} max="100" .value=${percent}></progress>
    <span class="task-message">${words.percent(percent)}${told === '' ? '' : ` · ${told}`}</span>`
}

/** What a task that does not run has to say: what it has made, or why not. */
function toldOf({ task, facts: { files } }: KnownTask): string {
  const [first, ...more] = files
  if (task.status !== 'finished' || first === undefined) return task.message ?? ''
  const size = formatBytes(files.reduce((sum, file) => sum + file.size, 0))
  return more.length === 0 ? words.oneFile(first.name, size) : words.files(files.length, size)
}

function timeOf({ facts: { startedAt, endedAt } }: KnownTask): string {
  return startedAt === undefined ? '' : formatSpan((endedAt ?? Date.now()) - startedAt)
}
