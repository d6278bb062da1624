import { html, LitElement, nothing, type TemplateResult } from 'lit'
import type { JsonSchema } from '../../src/contract/instructions/json-schema.ts'
import type { ApiDocument, ApiRoute } from '../api-document/api-document.ts'
import { resolve } from '../api-document/resolve.ts'
import { messageOf } from '../commands/notices.ts'
import { pickFiles } from '../elements/pick-files.ts'
import { SnippetDialog } from '../elements/snippet-dialog.ts'
import { fieldView } from '../schema-form/field-view.ts'
import { toField } from '../schema-form/field.ts'
import { jsonView } from '../schema-form/json-view.ts'
import type { Language } from '../schema-form/language.ts'
import { idAt } from '../schema-form/settle.ts'
import { strings } from '../strings.ts'
import { answerStatus, answerView } from './answer-view.ts'
import {
  type ApiRequest,
  firstBody,
  formFields,
  requestOf,
  takesForm,
  withoutSecrets,
} from './api-request.ts'
import { bodyLanguage } from './body-language.ts'
import { copyCallAsCurl } from './call-curl.ts'
import { FIRST_JOB, jobBodyLanguage, jobWithoutSecrets } from './job-body.ts'
import { makeRequest } from './make-request.ts'
import { type Answer, readAnswer } from './read-answer.ts'
import '@spectrum-web-components/button/sp-button.js'

const words = strings.api

/** A call of the API, to be filled in and made; and its answer. */
class ApiCall extends LitElement {
  static override properties = {
    call: { attribute: false },
    values: { state: true },
    body: { state: true },
    file: { state: true },
    missing: { state: true },
    answer: { state: true },
    outcome: { state: true },
    sending: { state: true },
  }

  declare call: {
    readonly method: string
    readonly path: string
    readonly route: ApiRoute
    readonly document: ApiDocument
  }
  declare values: Readonly<Record<string, unknown>>
  declare body: string
  declare file: File | undefined
  /** What has to be filled in before it can be made. */
  declare missing: readonly string[]
  declare answer: Answer | undefined
  /** Why there is no answer. */
  declare outcome: string
  declare sending: AbortController | undefined

  #schema: JsonSchema = {}
  #language: Language | undefined

  constructor() {
    super()
    this.values = {}
    this.body = ''
    this.missing = []
    this.outcome = ''
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.sending?.abort()
  }

  protected override createRenderRoot(): this {
    return this
  }

  protected override willUpdate(): void {
    const { route, document } = this.call
    const schema = route.requestBody?.content['application/json']?.schema
    if (schema === undefined || this.#language !== undefined) return
    this.#schema = resolve(schema, document)
    this.#language = this.#isJob()
      ? jobBodyLanguage(document, words.bodyOf(this.#name()))
      : bodyLanguage(this.#schema, this.#name())
    this.body = this.#isJob() ? FIRST_JOB : firstBody(this.#schema)
  }

  protected override render(): TemplateResult {
    const { route } = this.call
    return html`<div class="composition api-call">
      ${route.description === undefined ? nothing : html`<p class="about">${route.description}</p>`}
      ${this.#parameters()} ${this.#bodyView()} ${this.#fileView()}
      <div class="api-buttons">
        ${
          this.sending === undefined
            ? html`<sp-button size="s" variant="accent" @click=${() => void this.#send()}
                >${words.send}</sp-button
              >`
            : html`<sp-button size="s" variant="negative" @click=${() => this.sending?.abort()}
                >${words.stop}</sp-button
              >`
        }
        <sp-button size="s" variant="secondary" @click=${() => this.#copy()}>${words.copy}</sp-button>
        <span role="status">${this.#outcomeView()}</span>
      </div>
      ${this.answer === undefined ? nothing : answerView(this.answer, this.#name())}
    </div>`
  }

  #outcomeView(): TemplateResult | string {
    if (this.answer !== undefined) return answerStatus(this.answer)
    return this.sending === undefined ? this.outcome : words.sending
  }

  #name(): string {
    const { method, path } = this.call
    return `${method.toUpperCase()} ${path}`
  }

  #isJob(): boolean {
    const { method, path } = this.call
    return method === 'post' && path === '/v2/jobs'
  }

  #parameters(): TemplateResult | typeof nothing {
    const { route } = this.call
    const fields = [
      ...(route.parameters ?? []).map(({ name, schema }) => [name, schema] as const),
      ...formFields(route),
    ]
    if (fields.length === 0) return nothing
    return html`<h3>${words.parameters}</h3>
      <div class="fields">
        ${fields.map(([name, schema]) =>
          fieldView(toField([name], schema, this.values[name], true), {
            id: (path) => idAt(this.#name().replaceAll(/\W/g, '_'), path),
            problems: this.missing
              .filter((each) => each === name)
              .map((each) => ({
                message: words.missing(each),
                path: [each],
                offset: 0,
                length: 0,
              })),
            change: (_path, value) => {
              this.values = { ...this.values, [name]: value }
              this.missing = this.missing.filter((each) => each !== name)
            },
            remove: () => undefined,
          }),
        )}
      </div>`
  }

  #bodyView(): TemplateResult | typeof nothing {
    if (this.#language === undefined) return nothing
    return html`<h3>${words.body}</h3>
      ${jsonView({
        text: this.body,
        language: this.#language,
        problems: this.#language.problemsOf(this.body),
        onChange: (text) => {
          this.body = text
        },
      })}`
  }

  #fileView(): TemplateResult | typeof nothing {
    if (!takesForm(this.call.route)) return nothing
    return html`<h3>${words.file}</h3>
      <div class="api-buttons">
        <sp-button
          size="s"
          variant="secondary"
          @click=${() => pickFiles(([file]) => (this.file = file))}
          >${words.chooseFile}</sp-button
        >
        <span>${this.file?.name ?? words.noFile}</span>
      </div>`
  }

  #request(): ApiRequest | undefined {
    const made = requestOf(this.call, this.values, this.body)
    if ('request' in made) return made.request
    this.missing = made.missing
    return undefined
  }

  async #send(): Promise<void> {
    const request = this.#request()
    if (request === undefined) return
    const { signal } = (this.sending = new AbortController())
    this.answer = undefined
    this.outcome = ''
    const began = performance.now()
    try {
      const response = await makeRequest(request, this.file, signal)
      const took = performance.now() - began
      await readAnswer(response, took, (answer) => {
        this.answer = answer
      })
    } catch (error) {
      this.outcome = signal.aborted ? words.stopped : words.failed(messageOf(error))
    } finally {
      this.sending = undefined
    }
  }

  #copy(): void {
    const request = this.#request()
    const dialog = document.querySelector('snippet-dialog')
    if (request === undefined || !(dialog instanceof SnippetDialog)) return
    const body = request.body && this.#withoutSecrets(request.body)
    void dialog.copy({
      ...words.curl,
      text: (home) => copyCallAsCurl({ ...request, body }, home, this.file?.name),
    })
  }

  #withoutSecrets(body: string): string {
    return this.#isJob()
      ? jobWithoutSecrets(body, this.call.document)
      : withoutSecrets(body, this.#schema)
  }
}

customElements.define('api-call', ApiCall)
