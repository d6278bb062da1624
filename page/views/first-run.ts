import { html, nothing, type TemplateResult } from 'lit'
import { addSample } from '../commands/source-commands.ts'
import type { Hindrance } from '../model/run-readiness.ts'
import type { State, Store } from '../state.ts'
import { strings } from '../strings.ts'
import '@spectrum-web-components/button/sp-button.js'
import './first-run.css'

const words = strings.firstRun

/** The three steps of a run, of which those that are done are marked; and a sample, which is run at once. */
export function firstRunView(
  state: State,
  store: Store,
  { hindrance, run }: { readonly hindrance: Hindrance | undefined; readonly run: () => void },
): TemplateResult {
  const [sample] = state.samples
  const hasRenditions = hindrance !== 'renditions' && hindrance !== 'unreadable'
  const steps = [
    { text: words.source, isDone: state.sources.length > 0 },
    { text: words.renditions, isDone: hasRenditions },
    { text: words.run, isDone: false },
  ]
  const next = steps.find(({ isDone }) => !isDone)
  const runSample = async (): Promise<void> => {
    if (sample === undefined) return
    await addSample(store, sample)
    run()
  }
  return html`<div class="empty first-run">
    <p><strong>${words.title}</strong></p>
    <ol>
      ${steps.map(
        (
          step,
        ) => html`<li ?data-done=${step.isDone} aria-current=${step === next ? 'step' : nothing}>
          <span
            >${step.text}${step.isDone ? html`<span class="unseen"> ${words.done}</span>` : nothing}</span
          >
        </li>`,
      )}
    </ol>
    ${
      sample === undefined
        ? nothing
        : html`<p>
            ${words.or}
            <sp-button
              variant="secondary"
              size="s"
              ?disabled=${!hasRenditions || state.sending}
              @click=${() => void runSample()}
              >${words.runSample(sample.name)}</sp-button
            >
          </p>`
    }
  </div>`
}
