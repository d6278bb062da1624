import { html, nothing, type TemplateResult } from 'lit'
import type { Instructions } from '../../src/contract/instructions/instruction.ts'
import type { Profile } from '../../src/doors/page/api.ts'
import { chooseProfile, deleteProfile, saveProfile } from '../commands/profiles.ts'
import { readComposition } from '../composition/reading.ts'
import { askName } from '../elements/ask-name.ts'
import { confirm } from '../elements/confirm.ts'
import { isProfile, profileNamed } from '../model/profile-match.ts'
import type { State, Store } from '../state.ts'
import { strings } from '../strings.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'
import '@spectrum-web-components/field-label/sp-field-label.js'
import '@spectrum-web-components/menu/sp-menu-item.js'
import '@spectrum-web-components/picker/sp-picker.js'
import './profile.css'

const words = strings.profiles

/** Chosen while there is no profile. */
const NONE = 'none'

/** Which profile the composition began as, and what can be done with profiles. */
export function profileView(state: State, store: Store): TemplateResult {
  const { profiles, composition } = state
  const profile = profileNamed(profiles, state.profile ?? '')
  const read = readComposition(composition)
  const renditions = 'renditions' in read ? read.renditions : undefined
  const isChanged = profile !== undefined && !isProfile(renditions, profile)
  return html`
    <div class="profile">
      <sp-field-label for="profile" side-aligned="start">${words.label}</sp-field-label>
      <sp-picker
        id="profile"
        .value=${profile === undefined ? NONE : String(profiles.indexOf(profile))}
        @change=${({ currentTarget }: Event) => choose(state, store, currentTarget)}
      >
        ${profile === undefined ? html`<sp-menu-item value=${NONE}>${words.none}</sp-menu-item>` : nothing}
        ${profiles.map(({ name }, index) => html`<sp-menu-item value=${index}>${name}</sp-menu-item>`)}
      </sp-picker>
      ${
        isChanged
          ? html`<span class="changed">${words.changed}</span>
              <sp-action-button quiet size="s" @click=${() => chooseProfile(store, profile)}
                >${words.reset}</sp-action-button
              >`
          : nothing
      }
      <span class="profile-actions">
        <sp-action-button
          size="s"
          ?disabled=${renditions === undefined}
          @click=${() => saveAs(store, profile, renditions ?? [])}
          >${words.saveAs}</sp-action-button
        >
        ${
          profile?.builtIn === false
            ? html`<sp-action-button size="s" @click=${() => remove(store, profile.name)}
                >${words.delete}</sp-action-button
              >`
            : nothing
        }
      </span>
    </div>
  `
}

function choose({ profiles }: State, store: Store, picker: EventTarget | null): void {
  if (!(picker instanceof HTMLElement) || !('value' in picker)) return
  const profile = profiles[Number(picker.value)]
  if (profile !== undefined) chooseProfile(store, profile)
}

async function saveAs(
  store: Store,
  profile: Profile | undefined,
  renditions: readonly Instructions[],
): Promise<void> {
  const { profiles } = store.state()
  const name = await askName({
    title: words.saveTitle,
    label: words.name,
    suggested: profile?.builtIn === false ? profile.name : '',
    confirm: words.save,
    problemOf(given) {
      if (given === '') return words.needName
      return profileNamed(profiles, given)?.builtIn === true ? words.builtIn(given) : undefined
    },
  })
  if (name === undefined) return
  const isTaken = profileNamed(profiles, name) !== undefined
  const replaces = {
    title: words.replaceTitle,
    text: words.replaceQuestion(name),
    confirm: words.replace,
  }
  if (!isTaken || (await confirm(replaces))) await saveProfile(store, name, renditions)
}

async function remove(store: Store, name: string): Promise<void> {
  const isSure = await confirm({
    title: words.deleteTitle,
    text: words.deleteQuestion(name),
    confirm: words.deleteConfirm,
  })
  if (!isSure) return
  // The button that has the focus goes.
  document.querySelector<HTMLElement>('#profile')?.focus()
  await deleteProfile(store, name)
}
