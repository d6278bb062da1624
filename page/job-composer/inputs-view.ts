import { html, nothing, type TemplateResult } from 'lit'
import type { ValueProblem } from '../schema-form/syntax.ts'
import { strings } from '../strings.ts'
import { setInputs } from './draft-edits.ts'
import { type PlacedTask, taskId } from './placed-task.ts'

const words = strings.composer

/** Whose files a task takes: a box for each task before it, in the order in which they are ticked. */
export function inputsView(
  { task, index, tasks, state, store }: PlacedTask,
  problems: readonly ValueProblem[],
): TemplateResult | typeof nothing {
  const { name, operation, inputs } = task
  if (operation?.inputs === 'none') return nothing
  const before = tasks
    .slice(0, index)
    .filter((each) => each.operation?.group !== 'export')
    .map((each) => each.name)
  const choices = [...before, ...inputs.filter((input) => !before.includes(input))]
  const wrong = problems.filter(({ path: [first] }) => first === 'input')
  const tick = (input: string, isTicked: boolean): void => {
    const others = inputs.filter((each) => each !== input)
    store.change({
      draft: setInputs(state.draft, name, isTicked ? [...others, input] : others),
    })
  }
  return html`<fieldset class="inputs" id=${taskId(index, 'input')} tabindex="-1">
    <legend>${words.inputs}</legend>
    ${choices.length === 0 ? html`<p>${words.noInputs}</p>` : nothing}
    <div class="inputs-boxes">
      ${choices.map((input) => {
        const at = inputs.indexOf(input)
        return html`<label>
          <input
            type="checkbox"
            .checked=${at !== -1}
            @change=${({ currentTarget }: Event) =>
              tick(input, currentTarget instanceof HTMLInputElement && currentTarget.checked)}
          />
          <span>${input}</span>
          ${
            at !== -1 && inputs.length > 1
              ? html`<span class="ordinal" aria-label=${words.inputNumber(at + 1)}>${at + 1}</span>`
              : nothing
          }
        </label>`
      })}
    </div>
    ${wrong.map(({ message }) => html`<p class="wrong">${message}</p>`)}
  </fieldset>`
}
