import type { Context } from 'hono'
import type * as z from 'zod/mini'
import { ServiceError } from '../../base/errors.ts'
import { isRecord, parseJson } from '../../base/json.ts'
import { check } from '../../base/validation.ts'
import { type BodyOptions, readText } from '../../http/read-request.ts'
import { LARGEST_CODE_BYTES, tooLargeCode } from '../deploy/action-code.ts'

/** The paths of an action, below `namespaces/:namespace/actions`. */
export const ACTION_PATHS = ['/:action', '/:package/:action']

/**
 * The name of the action that a request is for. Its package may be a part of the namespace, too, as the listing of
 * actions has it.
 */
export function actionName(c: Context): string {
  const { namespace = '', package: inPackage, action = '' } = c.req.param()
  const [, ofNamespace] = namespace.split('/')
  const packageName = ofNamespace ?? inPackage
  return packageName === undefined ? action : `${packageName}/${action}`
}

/** Adobe I/O Runtime takes parameters of 1 MB. */
const LARGEST_PARAMS_BYTES = 1024 * 1024

/** What a request that invokes an action or deploys a package may be. */
export const PARAMS_BODY: BodyOptions = {
  mostBytes: LARGEST_PARAMS_BYTES,
  tooLarge: `The request is larger than ${LARGEST_PARAMS_BYTES} bytes, the most an action takes.`,
}

/** What a request that deploys an action may be: the code in base64, and what else there is to say of the action. */
export const ACTION_BODY: BodyOptions = {
  mostBytes: Math.ceil(LARGEST_CODE_BYTES / 3) * 4 + 2 * LARGEST_PARAMS_BYTES,
  tooLarge: tooLargeCode().message,
}

/**
 * The JSON body of a request; none is `{}`.
 *
 * @throws {ServiceError} `invalid` for one that is not as the schema says, `too_large`
 */
export async function readContent<T>(
  c: Context,
  schema: z.ZodMiniType<T>,
  options: BodyOptions,
): Promise<T> {
  const text = await readText(c, options)
  const checked = check(schema, text === '' ? {} : parseJson(text))
  if (checked.ok) return checked.value
  throw malformed(checked.message)
}

/**
 * The parameters of an action that is invoked.
 *
 * @throws {ServiceError} `invalid` for what is no JSON object, `too_large`
 */
export async function readParams(c: Context): Promise<Record<string, unknown>> {
  const text = await readText(c, PARAMS_BODY)
  const value = text === '' ? {} : parseJson(text)
  if (isRecord(value)) return value
  throw malformed('it must be a JSON object of parameters.')
}

function malformed(why: string): ServiceError {
  return new ServiceError('invalid', `The request content was malformed: ${why}`)
}
