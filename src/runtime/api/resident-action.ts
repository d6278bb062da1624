import type { WebAnswer } from './web-action.ts'

/**
 * A raw web action that lives in the service, since the state that it answers from does. It is called without an activation,
 * so that it leaves no record, and for it neither Adobe's limit of a result nor that of activations under way holds.
 *
 * @param params - those of a raw web action: `__ow_method`, `__ow_headers`, `__ow_path`, `__ow_query`, `__ow_body`
 */
export type ResidentAction = (params: Readonly<Record<string, unknown>>) => Promise<WebAnswer>
