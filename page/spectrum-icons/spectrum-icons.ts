import { IconBase } from '@spectrum-web-components/icon'
import type { TemplateResult } from 'lit'
import { type IconName, icon } from '../elements/icon.ts'

/** What Spectrum's elements show, by its name there, and what it is here. */
const ICONS = {
  'sp-icon-alert': 'alert',
  'sp-icon-checkmark-circle': 'checkmark-circle',
  'sp-icon-info': 'info',
  'sp-icon-search': 'search',
} as const satisfies Record<string, IconName>

for (const [element, name] of Object.entries(ICONS)) {
  customElements.define(
    element,
    class extends IconBase {
      protected override render(): TemplateResult {
        return icon(name)
      }
    },
  )
}
