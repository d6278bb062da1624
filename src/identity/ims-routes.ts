import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { ServiceError } from '../base/errors.ts'
import { type Dialect, type HttpEnv, speak } from '../http/root-app.ts'
import { type Ims, OAUTH_CODES } from './ims.ts'

const LARGEST_FORM_BYTES = 64 * 1024

/** Errors as OAuth words them (RFC 6749, 5.2). */
const OAUTH: Dialect = {
  door: 'ims',
  fault: 'the service could not do its part',
  disk: 'service',
  render({ code, status, headers, message }) {
    const error = OAUTH_CODES.find((known) => known === code)
    const otherwise = status < 500 ? 'invalid_request' : 'server_error'
    return Response.json(
      { error: error ?? otherwise, error_description: message },
      { status, headers },
    )
  },
}

/** The endpoints of Adobe's IMS that clients of Asset Compute call, to be mounted at `/ims`. */
export function createImsRoutes(ims: Ims): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>().use(speak(OAUTH)).use(
    bodyLimit({
      maxSize: LARGEST_FORM_BYTES,
      onError: () => {
        throw new ServiceError('too_large', 'the form is larger than 64 KB')
      },
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
    throw new ServiceError('invalid_request', 'the body must be a form, url-encoded or multipart')
  })
  return (field) => {
    const value = body[field] ?? c.req.query(field)
    return typeof value === 'string' ? value : undefined
  }
}
