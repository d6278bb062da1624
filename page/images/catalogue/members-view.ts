import { html, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { AssetDetail } from '../../../src/doors/page/images/asset-shapes.ts'
import { buttonIcon } from '../../elements/icon.ts'
import { thumb } from '../../files/file-thumb.ts'
import { addressOf } from '../../router.ts'
import type { Store } from '../../state.ts'
import { imageUrl } from '../image-url.ts'
import { changeAsset } from './asset-commands.ts'
import { commandsOf, memberObject } from './asset-picture.ts'
import { assetWords } from './asset-words.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'

const words = assetWords.asset

/** The place of a picture, in pixels. */
const BOX = { width: 240, height: 180 }

/** The pictures of a set, in their order, which can be changed. */
export function membersView(detail: AssetDetail, store: Store): TemplateResult {
  const { members, company, version } = detail
  const change = (changed: readonly string[]): void =>
    void changeAsset(store, detail, { members: [...changed] })
  return html`<ol class="assets set-members" aria-label=${words.members}>
    ${repeat(
      members,
      (member) => member,
      (member, at) => {
        const object = memberObject(company, member)
        const name = object.slice(company.length + 1)
        return html`<li>
          ${thumb(imageUrl(object, commandsOf(BOX, devicePixelRatio, version)), name, 'asset-thumb')}
          <a href=${addressOf({ view: 'asset', company, asset: name })}>${name}</a>
          <span class="member-ways">
            <sp-action-button
              quiet
              size="s"
              label=${words.earlier(name)}
              ?disabled=${at === 0}
              @click=${() => change(swap(members, at - 1))}
              >${buttonIcon('chevron-left')}</sp-action-button
            >
            <sp-action-button
              quiet
              size="s"
              label=${words.later(name)}
              ?disabled=${at === members.length - 1}
              @click=${() => change(swap(members, at))}
              >${buttonIcon('chevron-right')}</sp-action-button
            >
            <sp-action-button
              quiet
              size="s"
              label=${words.remove(name)}
              ?disabled=${members.length === 1}
              @click=${() => change(members.toSpliced(at, 1))}
              >${buttonIcon('close')}</sp-action-button
            >
          </span>
        </li>`
      },
    )}
  </ol>`
}

/** Changes the places of one and the one behind it. */
function swap(members: readonly string[], at: number): readonly string[] {
  const [one, other] = [members[at], members[at + 1]]
  return one === undefined || other === undefined ? members : members.toSpliced(at, 2, other, one)
}
