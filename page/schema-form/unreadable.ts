import { html, type TemplateResult } from 'lit'
import { strings } from '../strings.ts'
import { placeOf, type TextProblem } from './syntax.ts'
import '@spectrum-web-components/button/sp-button.js'

const words = strings.composition

/**
 * What there is in place of a form while its text cannot be read: why and where.
 *
 * @param onJson - the user wants to see the JSON
 */
export function unreadableView(
  text: string,
  problems: readonly TextProblem[],
  onJson: () => void,
): TemplateResult {
  return html`<p>${words.unreadable}</p>
    ${problems.map(({ offset, message }) => {
      const { line, column } = placeOf(text, offset)
      return html`<p class="wrong">${words.problemAt(line, column, message)}</p>`
    })}
    <sp-button size="s" variant="secondary" @click=${onJson}>${words.editJson}</sp-button>`
}
