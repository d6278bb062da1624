import { type Context, Hono } from 'hono'
import { ServiceError } from '../../base/errors.ts'
import { type Deployments, packageOf } from '../deploy/deployments.ts'
import {
  type ActionEntity,
  actionContentSchema,
  type PackageEntity,
  packageContentSchema,
} from '../deploy/entities.ts'
import type { Runtime } from '../run/runtime.ts'
import { listPage } from './list-page.ts'
import {
  ACTION_BODY,
  ACTION_PATHS,
  actionName,
  PARAMS_BODY,
  readContent,
} from './request-content.ts'

/** `…/packages`: what was deployed of them. */
export function createDeployedPackageRoutes(namespace: string, deployments: Deployments): Hono {
  const write = (entity: PackageEntity) => ({ ...entity, namespace, binding: {} })

  return new Hono()
    .get('/', (c) => {
      const newestFirst = byUpdate(deployments.packages())
      return c.json(
        listPage(c.req.query(), 'packages', newestFirst, (entity) => {
          const { parameters, ...summary } = write(entity)
          return { ...summary, binding: false }
        }),
      )
    })
    .get('/:name', (c) => {
      const entity = deployments.package(c.req.param('name'))
      const actions = deployments
        .actions()
        .filter(({ name }) => packageOf(name) === entity.name)
        .map(({ name, version, annotations }) => ({ name: baseName(name), version, annotations }))
      return c.json({ ...write(entity), actions, feeds: [] })
    })
    .put('/:name', async (c) => {
      const content = await readContent(c, packageContentSchema, PARAMS_BODY)
      const name = c.req.param('name')
      return c.json(write(await deployments.putPackage(name, content, overwrites(c))))
    })
    .delete('/:name', async (c) =>
      c.json(write(await deployments.deletePackage(c.req.param('name')))),
    )
}

/** `…/actions`: what was deployed of them, sequences included; not what runs from its source. */
export function createDeployedActionRoutes(
  runtime: Pick<Runtime, 'namespace' | 'hasComponent'>,
  deployments: Deployments,
): Hono {
  const { namespace } = runtime

  function list(c: Context, inPackage?: string): Response {
    const found = deployments
      .actions()
      .filter(({ name }) => inPackage === undefined || packageOf(name) === inPackage)
    return c.json(
      listPage(c.req.query(), 'actions', byUpdate(found), (entity) => {
        const { parameters, exec, ...summary } = writeAction(namespace, entity)
        return { ...summary, exec: { binary: 'binary' in exec && exec.binary } }
      }),
    )
  }

  async function get(c: Context, name: string): Promise<Response> {
    const entity = deployments.action(name)
    const written = writeAction(namespace, entity)
    const code = c.req.query('code') === 'false' ? undefined : await deployments.code(entity)
    return c.json({ ...written, exec: { ...written.exec, code } })
  }

  async function put(c: Context, name: string): Promise<Response> {
    const content = await readContent(c, actionContentSchema, ACTION_BODY)
    const unknown = content.exec?.components?.find((path) => !runtime.hasComponent(path))
    if (content.exec?.kind === 'sequence' && unknown !== undefined) {
      throw new ServiceError(
        'invalid',
        `The sequence has a component that does not exist: ${unknown}.`,
      )
    }
    return c.json(writeAction(namespace, await deployments.putAction(name, content, overwrites(c))))
  }

  async function remove(c: Context, name: string): Promise<Response> {
    return c.json(writeAction(namespace, await deployments.deleteAction(name)))
  }

  return new Hono()
    .get('/', (c) => list(c))
    .get('/:package/', (c) => list(c, c.req.param('package')))
    .on('GET', ACTION_PATHS, (c) => get(c, actionName(c)))
    .on('PUT', ACTION_PATHS, (c) => put(c, actionName(c)))
    .on('DELETE', ACTION_PATHS, (c) => remove(c, actionName(c)))
}

/** `…/triggers` and `…/rules`: there are none, and there cannot be any. */
export function createEmptyRoutes(collection: string): Hono {
  return new Hono()
    .get('/', (c) => c.json(listPage(c.req.query(), collection, [], Object)))
    .put('/*', () => {
      throw new ServiceError('not_implemented', `There are no ${collection} in this service.`)
    })
}

/** An action in the words of OpenWhisk, without its code. */
function writeAction(namespace: string, entity: ActionEntity) {
  const { name, exec, ...rest } = entity
  const inPackage = packageOf(name)
  return {
    ...rest,
    name: baseName(name),
    namespace: inPackage === '' ? namespace : `${namespace}/${inPackage}`,
    exec: 'components' in exec ? exec : withoutFolder(exec),
  }
}

function withoutFolder({ folder, ...exec }: Extract<ActionEntity['exec'], { folder: string }>) {
  return exec
}

/** As OpenWhisk lists everything. */
function byUpdate<T extends { updated: number }>(entities: readonly T[]): T[] {
  return entities.toSorted((a, b) => b.updated - a.updated)
}

function baseName(name: string): string {
  return name.slice(name.indexOf('/') + 1)
}

function overwrites(c: Context): boolean {
  return c.req.query('overwrite') === 'true'
}
