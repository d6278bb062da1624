import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { activationView } from '../logs/activation-view.ts'
import { urlOf } from '../service.ts'
import { strings } from '../strings.ts'
import type { KnownTask } from './job.ts'
import { storyOfTask } from './task-story.ts'
import { viewWords } from './view-words.ts'
import '../logs/activation-log.ts'

const words = viewWords.task

/** More logs than these are folded, so that a PDF of a hundred pages does not load a hundred. */
const MOST_OPEN = 3

/** What was done for a task: by the service, in words, and by actions, as they have printed it. */
export function logView(each: KnownTask): TemplateResult {
  const { task, facts } = each
  const { activations, running } = facts
  const story = storyOfTask(each, Date.now())
  if (story !== undefined) return html`<p>${story} ${viewWords.story.noAction}</p>`
  if (activations.length + running.length === 0) {
    const isOver = task.status === 'finished' && facts.files.length > 0
    return html`<p>${isOver ? words.noLog : words.noActivation}</p>`
  }
  return html`${repeat(
    activations,
    ({ id }) => id,
    (activation, index) =>
      activationView(
        activation,
        index < MOST_OPEN,
        html`<activation-log
          src=${urlOf('tasks', task.id, 'activations', activation.id, 'log')}
          label=${strings.log.of(activation.action)}
        ></activation-log>`,
      ),
  )}
  ${running.length === 0 ? nothing : running.map(({ action }) => html`<p>${words.runs(action)}</p>`)}`
}
