import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { type Ims, ImsError } from './ims.ts'

const LARGEST_FORM_BYTES = 64 * 1024

/** The endpoints of Adobe's IMS that clients of Asset Compute call, to be mounted at `/ims`. */
export function createImsRoutes(ims: Ims): Hono {
  const app = new Hono()

  app.onError((error, c) => {
    if (!(error instanceof ImsError)) throw error
    return c.json({ error: error.code, error_description: error.message }, 400)
  })
  app.use(
    bodyLimit({
      maxSize: LARGEST_FORM_BYTES,
      onError: (c) =>
        c.json(
          { error: 'invalid_request', error_description: 'the form is larger than 64 KB' },
          413,
        ),
    }),
  )

  // https://developer.adobe.com/developer-console/docs/guides/authentication/ServerToServerAuthentication/ims
  app.post('/token/v4', async (c) => {
    const form = await readForm(c)
    const { accessToken, expiresInSeconds } = await ims.exchangeSecret({
      clientId: form('client_id'),
      clientSecret: form('client_secret'),
      grantType: form('grant_type'),
      scope: form('scope'),
    })
    return c.json({ access_token: accessToken, token_type: 'bearer', expires_in: expiresInSeconds })
  })

  app.post('/exchange/v1/jwt', async (c) => {
    const form = await readForm(c)
    const { accessToken, expiresInSeconds } = await ims.exchangeJwt({
      clientId: form('client_id'),
      clientSecret: form('client_secret'),
      jwt: form('jwt_token'),
    })
    // This endpoint counts in milliseconds, unlike the other one.
    return c.json({
      token_type: 'bearer',
      access_token: accessToken,
      expires_in: expiresInSeconds * 1000,
    })
  })

  return app
}

/** A field of the form, or of the query, where Adobe's client puts `client_id`. */
async function readForm(c: Context): Promise<(field: string) => string | undefined> {
  const body = await c.req.parseBody().catch(() => {
    throw new ImsError('invalid_request', 'the body must be a form, url-encoded or multipart')
  })
  return (field) => {
    const value = body[field] ?? c.req.query(field)
    return typeof value === 'string' ? value : undefined
  }
}
