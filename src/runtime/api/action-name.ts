import type { Context } from 'hono'

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
