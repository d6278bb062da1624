import { Hono } from 'hono'
import * as z from 'zod/mini'
import { caseRunSchema, savedCaseSchema } from '../api.ts'
import { typeOfName } from '../files/file-name.ts'
import { isBrowserPicture } from '../files/shown-as.ts'
import { readBody } from '../request-body.ts'
import { answerFile, answerPng } from './case-answer.ts'
import type { Cases } from './cases.ts'

const fileSchema = z.enum(['source', 'expected', 'actual'])

const FILE = '/cases/:action/:name/:file{(?:source|expected|actual)}'

/** The routes of test cases, to be mounted at `/devtool/api`. */
export function createCaseRoutes(cases: Cases): Hono {
  return new Hono()
    .get('/cases', (c) => c.json(cases.list()))
    .post('/cases', async (c) => c.json(await cases.save(await readBody(c, savedCaseSchema)), 201))
    .post('/cases/run', async (c) => {
      cases.run((await readBody(c, caseRunSchema)).cases)
      return c.body(null, 202)
    })
    .get('/cases/:action/:name', (c) => {
      const { action, name } = c.req.param()
      return c.json(cases.case(action, name))
    })
    .post('/cases/:action/:name/accept', async (c) => {
      const { action, name } = c.req.param()
      return c.json(await cases.accept(action, name))
    })
    .get('/cases/:action/:name/difference', async (c) => {
      const { action, name } = c.req.param()
      return answerPng(await cases.difference(action, name))
    })
    .get(FILE, async (c) => {
      const { action, name, file } = c.req.param()
      const found = await cases.file(action, name, fileSchema.parse(file))
      return answerFile(found, c.req.query('download') === undefined ? 'inline' : 'attachment')
    })
    .get(`${FILE}/picture`, async (c) => {
      const { action, name, file } = c.req.param()
      const found = await cases.file(action, name, fileSchema.parse(file))
      return isBrowserPicture(typeOfName(found))
        ? answerFile(found)
        : answerPng(await cases.picture(action, name, fileSchema.parse(file)))
    })
}
