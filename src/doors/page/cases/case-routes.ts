import { Hono } from 'hono'
import * as z from 'zod/mini'
import { readJson } from '../../../http/read-request.ts'
import { typeOfName } from '../../../sources/media-type.ts'
import { caseRunSchema, savedCaseSchema } from '../api.ts'
import { answerFile, answerPng } from '../files/local-answer.ts'
import { readFileEntries } from '../files/zip-listing.ts'
import { PAGE_BODY } from '../page-body.ts'
import { isBrowserPicture } from '../shown-as.ts'
import type { Cases } from './page-cases.ts'

const fileSchema = z.enum(['source', 'expected', 'actual'])

const FILE = '/cases/:action/:name/:file{(?:source|expected|actual)}'

/**
 * The routes of test cases, to be mounted at `/devtool/api`.
 *
 * @param open - opens the test cases, when they are first asked for
 */
export function createCaseRoutes(open: () => Promise<Cases>): Hono {
  return new Hono()
    .get('/cases', async (c) => c.json((await open()).list()))
    .post('/cases', async (c) => {
      const saved = await readJson(c, savedCaseSchema, PAGE_BODY)
      return c.json(await (await open()).save(saved), 201)
    })
    .post('/cases/run', async (c) => {
      const { cases, testMode } = await readJson(c, caseRunSchema, PAGE_BODY)
      ;(await open()).run(cases, testMode)
      return c.body(null, 202)
    })
    .post('/cases/stop', async (c) => {
      await (await open()).interrupt()
      return c.body(null, 204)
    })
    .get('/cases/:action/:name', async (c) => {
      const { action, name } = c.req.param()
      return c.json((await open()).case(action, name))
    })
    .post('/cases/:action/:name/stop', async (c) => {
      await (await open()).interrupt(c.req.param())
      return c.body(null, 204)
    })
    .post('/cases/:action/:name/accept', async (c) => {
      const { action, name } = c.req.param()
      return c.json(await (await open()).accept(action, name))
    })
    .get('/cases/:action/:name/difference', async (c) => {
      const { action, name } = c.req.param()
      return answerPng(await (await open()).difference(action, name))
    })
    .get(FILE, async (c) => answerFile(c, await findFile(await open(), c.req.param())))
    .get(`${FILE}/entries`, async (c) =>
      c.json(await readFileEntries(await findFile(await open(), c.req.param()))),
    )
    .get(`${FILE}/picture`, async (c) => {
      const cases = await open()
      const found = await findFile(cases, c.req.param())
      return isBrowserPicture(typeOfName(found))
        ? answerFile(c, found)
        : answerPng(await cases.picture(found))
    })
}

function findFile(
  cases: Cases,
  { action, name, file }: { action: string; name: string; file: string },
): Promise<string> {
  return cases.file(action, name, fileSchema.parse(file))
}
