import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import * as z from 'zod/mini'
import { messageOf } from '../commands/notices.ts'
import { ask } from '../service.ts'
import { formatPercent, strings } from '../strings.ts'
import { choicesView } from './choices.ts'
import { buttonIcon } from './icon.ts'
import type { ShownPicture } from './shown-picture.ts'
import {
  fittingRatio,
  haveSameShape,
  LARGEST_RATIO,
  limitRatio,
  nextRatio,
  type PictureView,
  type PixelSize,
  type Point,
  placeView,
  type Stage,
  zoomView,
} from './zoom.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'
import './zoom-picture.css'

const words = strings.zoom

/** CSS pixels that an arrow key moves the picture by. */
const KEY_STEP = 40

/** How much a turn of the wheel enlarges, by its pixels. */
const WHEEL_SPEED = 0.002

/** Pixels of a turn of the wheel that is told in lines. */
const WHEEL_LINE = 32

/** How two pictures are compared: laid on each other with a slider between them, beside each other, or what differs alone. */
const WAYS = ['slider', 'beside', 'difference'] as const

/** A stage of less room, in CSS pixels, has pictures below each other rather than beside. */
const LEAST_WIDTH_BESIDE = 560

/** What is between two pictures beside each other, in CSS pixels; zoom-picture.css has the same. */
const BETWEEN = 8

/** So that each has choices of its own. */
let pictures = 0

/**
 * A picture that can be enlarged and moved: with buttons, the pointer, the wheel and the keyboard. Another one is compared
 * with it, as large as it and moved with it.
 */
class ZoomPicture extends LitElement {
  static override properties = {
    picture: { attribute: false },
    other: { attribute: false },
    steady: { attribute: false },
    tools: { attribute: false },
    way: { state: true },
    sizes: { state: true },
    problems: { state: true },
    view: { state: true },
    split: { state: true },
  }

  declare picture: ShownPicture
  /** What it is compared with, on its left. */
  declare other: ShownPicture | undefined
  /** Whether another picture is seen as the one before was: as large, and the same part of it. */
  declare steady: boolean
  /** What else is in its bar. */
  declare tools: TemplateResult | undefined
  declare way: (typeof WAYS)[number]
  /** In pixels, once they are known, by the URLs of the pictures. */
  declare sizes: ReadonlyMap<string, PixelSize>
  /** Why a picture cannot be shown, by its URL. */
  declare problems: ReadonlyMap<string, string>
  /** Undefined as long as all of the picture is to be seen. */
  declare view: PictureView | undefined
  /** Where the slider is, in percent. */
  declare split: number

  /** Where the pointer holds the picture. */
  #held: { readonly pointer: number; readonly at: Point; readonly view: PictureView } | undefined
  readonly #name = `compare-${(pictures += 1)}`
  #resized = new ResizeObserver(() => this.requestUpdate())

  constructor() {
    super()
    this.sizes = new Map()
    this.problems = new Map()
    this.steady = false
    this.way = 'slider'
    this.split = 50
  }

  protected override createRenderRoot(): this {
    return this
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#resized.disconnect()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    const stage = this.#stageElement()
    if (stage !== null) this.#resized.observe(stage)
  }

  protected override firstUpdated(): void {
    const stage = this.#stageElement()
    if (stage !== null) this.#resized.observe(stage)
    // What is needed to show it is known only now.
    this.requestUpdate()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.steady) return
    // Another picture is seen from the beginning; how large that is depends on what it is compared with.
    const isAnother = (name: 'picture' | 'other'): boolean =>
      changed.has(name) && changed.get(name)?.src !== this[name]?.src
    if (isAnother('picture') || isAnother('other')) this.view = undefined
  }

  protected override render(): TemplateResult {
    const { picture, other } = this
    const shown = this.#shown()
    const problem = this.problems.get(picture.src)
    const isLate = shown === undefined
    return html`
      <div class="zoom-bar" role="group" aria-label=${words.bar}>
        <sp-action-button size="s" ?selected=${this.view === undefined} ?disabled=${isLate} @click=${this.#fit}
          >${words.fit}</sp-action-button
        >
        <sp-action-button size="s" ?selected=${shown?.view.ratio === 1} ?disabled=${isLate} label=${words.actual} @click=${() => this.#zoomTo(1)}
          >1:1</sp-action-button
        >
        <sp-action-button size="s" quiet ?disabled=${isLate} label=${words.out} @click=${() => this.#step('out')}
          >${buttonIcon('zoom-out')}</sp-action-button
        >
        <sp-action-button size="s" quiet ?disabled=${isLate} label=${words.in} @click=${() => this.#step('in')}
          >${buttonIcon('zoom-in')}</sp-action-button
        >
        <output>${isLate ? '' : formatPercent(shown.view.ratio)}</output>
        ${other === undefined ? nothing : this.#waysView()} ${this.tools ?? nothing}
      </div>
      <div
        class="zoom-stage ${this.#arrangement()} ${this.view === undefined ? '' : 'moved'} ${(shown?.view.ratio ?? 1) > 1 ? 'enlarged' : ''}"
        tabindex="0"
        role="group"
        aria-label=${words.stage(picture.name)}
        aria-describedby="zoom-keys"
        @keydown=${this.#press}
        @wheel=${this.#turn}
        @pointerdown=${this.#hold}
        @pointermove=${this.#drag}
        @pointerup=${this.#release}
        @pointercancel=${this.#release}
      >
        ${
          problem === undefined
            ? this.#picturesView(picture, other)
            : html`<p class="zoom-problem">${problem}</p>`
        }
      </div>
      <p class="unseen" id="zoom-keys">${words.keys}</p>
    `
  }

  protected override updated(): void {
    const style = this.#stageElement()?.style
    const shown = this.#shown()
    style?.setProperty('--split', String(this.split / 100))
    if (style === undefined || shown === undefined) return
    const { view, picture, stage } = shown
    const scale = view.ratio / stage.density
    style.setProperty('--x', `${view.x}px`)
    style.setProperty('--y', `${view.y}px`)
    style.setProperty('--width', `${picture.width * scale}px`)
    style.setProperty('--height', `${picture.height * scale}px`)
  }

  #layer({ src, name }: ShownPicture, side: 'before' | 'after'): TemplateResult {
    return html`<div class="zoom-layer ${side} ${this.#sameShape() ? '' : 'contained'}">
      <img
        src=${src}
        alt=${name}
        draggable="false"
        ?hidden=${this.#sizeOf(this.picture) === undefined}
        @load=${this.#loaded}
        @error=${() => void this.#failed(src)}
      />
    </div>`
  }

  #picturesView(after: ShownPicture, before: ShownPicture | undefined): TemplateResult {
    const problem = before && this.problems.get(before.src)
    const isThere = before !== undefined && problem === undefined
    return html`<div class="zoom-layers">
        ${this.#layer(after, 'after')} ${isThere ? this.#layer(before, 'before') : nothing}
      </div>
      ${problem === undefined ? nothing : html`<p class="zoom-problem">${problem}</p>`}
      ${isThere ? this.#comparison(after, before) : nothing}`
  }

  #comparison(after: ShownPicture, before: ShownPicture): TemplateResult {
    return html`<div class="zoom-names" aria-hidden="true">
        <span>${before.name}</span><span>${after.name}</span>
      </div>
      ${this.way === 'slider' ? this.#sliderView(after, before) : nothing}`
  }

  #sliderView(after: ShownPicture, before: ShownPicture): TemplateResult {
    return html`<div class="zoom-line"></div>
      <input
        type="range"
        min="0"
        max="100"
        step="1"
        .value=${String(this.split)}
        aria-label=${words.sides(before.name, after.name)}
        aria-valuetext=${words.split(this.split, before.name)}
        @input=${this.#slide}
      />`
  }

  #waysView(): TemplateResult {
    return choicesView({
      name: this.#name,
      legend: words.ways,
      choices: WAYS.map((value) => ({ value, label: words[value] })),
      chosen: this.way,
      onChoose: (way) => {
        this.way = way
        // The room for a picture is another one.
        this.view = undefined
      },
    })
  }

  /** How the pictures are laid out. */
  #arrangement(): 'alone' | 'slider' | 'columns' | 'rows' | 'difference' {
    if (this.other === undefined) return 'alone'
    if (this.way !== 'beside') return this.way
    const { clientWidth = 0 } = this.#stageElement() ?? {}
    return clientWidth < LEAST_WIDTH_BESIDE ? 'rows' : 'columns'
  }

  #stageElement(): HTMLElement | null {
    return this.querySelector('.zoom-stage')
  }

  /** What is seen of the picture; undefined until it is there. */
  #shown(): { picture: PixelSize; stage: Stage; fitting: number; view: PictureView } | undefined {
    const picture = this.#sizeOf(this.picture)
    const element = this.#stageElement()
    if (picture === undefined || element === null || element.clientWidth === 0) return undefined
    const arrangement = this.#arrangement()
    const stage = {
      width: arrangement === 'columns' ? (element.clientWidth - BETWEEN) / 2 : element.clientWidth,
      height: arrangement === 'rows' ? (element.clientHeight - BETWEEN) / 2 : element.clientHeight,
      density: devicePixelRatio,
    }
    const other = this.other && this.#sizeOf(this.other)
    // A thumbnail is compared at the size of what it is compared with, as far as there is room.
    const largest = other === undefined ? 1 : Math.max(1, other.width / picture.width)
    const fitting = fittingRatio(picture, stage, Math.min(largest, LARGEST_RATIO))
    const view = placeView(this.view ?? { ratio: fitting, x: 0, y: 0 }, picture, stage)
    return { picture, stage, fitting, view }
  }

  #sizeOf({ src, size }: ShownPicture): PixelSize | undefined {
    return this.sizes.get(src) ?? size
  }

  #sameShape(): boolean {
    const own = this.#sizeOf(this.picture)
    const other = this.other && this.#sizeOf(this.other)
    return own === undefined || other === undefined || haveSameShape(own, other)
  }

  readonly #loaded = ({ target }: Event): void => {
    if (!(target instanceof HTMLImageElement)) return
    const { naturalWidth, naturalHeight } = target
    // An SVG may have no size of its own.
    const size = { width: naturalWidth || 300, height: naturalHeight || 150 }
    this.sizes = new Map(this.sizes).set(target.getAttribute('src') ?? '', size)
  }

  async #failed(src: string): Promise<void> {
    // A picture does not tell why it is none, but who was asked for it does.
    const problem = await ask(z.unknown(), src).then(() => words.unreadable, messageOf)
    this.problems = new Map(this.problems).set(src, problem)
  }

  readonly #fit = (): void => {
    this.view = undefined
  }

  #step(direction: 'in' | 'out', at?: Point): void {
    const shown = this.#shown()
    if (shown !== undefined) {
      this.#zoomTo(nextRatio(shown.view.ratio, direction, shown.fitting), at)
    }
  }

  /** @param at - what stays where it is; the middle unless given */
  #zoomTo(ratio: number, at?: Point): void {
    const shown = this.#shown()
    if (shown === undefined) return
    const { stage, view, picture, fitting } = shown
    const middle = { x: stage.width / 2, y: stage.height / 2 }
    const zoomed = zoomView(view, limitRatio(ratio, fitting), at ?? middle)
    this.view = placeView(zoomed, picture, stage)
  }

  /** @returns whether there was more to see in that direction */
  #move(x: number, y: number): boolean {
    const shown = this.#shown()
    if (shown === undefined) return false
    const { view, picture, stage } = shown
    const moved = placeView({ ...view, x: view.x + x, y: view.y + y }, picture, stage)
    if (moved.x === view.x && moved.y === view.y) return false
    this.view = moved
    return true
  }

  readonly #press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target instanceof HTMLInputElement && event.key.startsWith('Arrow')) return
    const keys: Readonly<Record<string, () => void>> = {
      '+': () => this.#step('in'),
      '=': () => this.#step('in'),
      '-': () => this.#step('out'),
      '0': () => this.#fit(),
      '1': () => this.#zoomTo(1),
      ArrowLeft: () => void this.#move(KEY_STEP, 0),
      ArrowRight: () => void this.#move(-KEY_STEP, 0),
      ArrowUp: () => void this.#move(0, KEY_STEP),
      ArrowDown: () => void this.#move(0, -KEY_STEP),
    }
    const act = keys[event.key]
    if (act === undefined) return
    event.preventDefault()
    act()
  }

  /** Moves the picture, and with Ctrl, which is also what two fingers on a touch pad are, enlarges it. */
  readonly #turn = (event: WheelEvent): void => {
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : WHEEL_LINE
    if (event.ctrlKey) {
      event.preventDefault()
      const ratio = this.#shown()?.view.ratio ?? 1
      this.#zoomTo(ratio * Math.exp(-event.deltaY * unit * WHEEL_SPEED), this.#pointOf(event))
      return
    }
    // At its edge the page goes on.
    if (this.#move(-event.deltaX * unit, -event.deltaY * unit)) event.preventDefault()
  }

  readonly #hold = (event: PointerEvent): void => {
    const view = this.#shown()?.view
    if (event.button !== 0 || view === undefined) return
    if (event.target instanceof HTMLInputElement) return
    this.#stageElement()?.setPointerCapture(event.pointerId)
    this.#held = { pointer: event.pointerId, at: this.#pointOf(event), view }
  }

  readonly #drag = (event: PointerEvent): void => {
    const shown = this.#shown()
    const held = this.#held
    if (held?.pointer !== event.pointerId || shown === undefined) return
    const { x, y } = this.#pointOf(event)
    const moved = { ...held.view, x: held.view.x + x - held.at.x, y: held.view.y + y - held.at.y }
    const placed = placeView(moved, shown.picture, shown.stage)
    if (placed.x !== shown.view.x || placed.y !== shown.view.y) this.view = placed
  }

  readonly #release = (): void => {
    this.#held = undefined
  }

  readonly #slide = ({ target }: Event): void => {
    if (target instanceof HTMLInputElement) this.split = Number(target.value)
  }

  /** Where in its picture, if there are two beside each other, somebody points at. */
  #pointOf({ clientX, clientY }: MouseEvent): Point {
    const { left = 0, top = 0 } = this.#stageElement()?.getBoundingClientRect() ?? {}
    const arrangement = this.#arrangement()
    const { width = 0, height = 0 } = this.#shown()?.stage ?? {}
    const [x, y] = [clientX - left, clientY - top]
    return {
      x: arrangement === 'columns' && x > width ? x - width - BETWEEN : x,
      y: arrangement === 'rows' && y > height ? y - height - BETWEEN : y,
    }
  }
}

customElements.define('zoom-picture', ZoomPicture)
