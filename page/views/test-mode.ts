import { html, type TemplateResult } from 'lit'
import type { State, Store } from '../state.ts'
import { strings } from '../strings.ts'
import '@spectrum-web-components/switch/sp-switch.js'
import './test-mode.css'

const words = strings.cases

/** Has cases run as Adobe's command runs them, or as the service does. */
export function testModeSwitch({ caseTestMode }: State, store: Store): TemplateResult {
  return html`<span class="test-mode">
    <sp-switch
      size="s"
      ?checked=${caseTestMode}
      @change=${() => store.change({ caseTestMode: !store.state().caseTestMode })}
      >${words.testMode}</sp-switch
    >
    <span class="test-mode-about">${words.testModeAbout}</span>
  </span>`
}
