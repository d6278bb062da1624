import { createPrivateKey, createPublicKey, randomUUID } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import { type ErrorCode, ServiceError } from '../base/errors.ts'
import { isSameSecret } from '../base/same-secret.ts'
import type { Authenticate, Client } from '../http/client.ts'
import { type Credentials, METASCOPES, SCOPES } from './credentials.ts'
import { rememberVerified } from './verified-tokens.ts'

/** An access token of Adobe's IMS lives for a day. */
const TOKEN_LIFETIME_SECONDS = 24 * 60 * 60

/** That of a worker elsewhere needs to live only until its call has come. */
const WORKER_TOKEN_LIFETIME_SECONDS = 10 * 60

/** The refusals that OAuth has words for; IMS answers them with status 400. */
export const OAUTH_CODES = [
  'invalid_request',
  'invalid_client',
  'invalid_scope',
  'invalid_token',
  'unsupported_grant_type',
] as const satisfies readonly ErrorCode[]

/** An access token and how long it lives. */
export interface IssuedToken {
  accessToken: string
  expiresInSeconds: number
}

/** Adobe's identity service, as far as a technical account needs it. */
export interface Ims {
  /**
   * OAuth server-to-server: exchanges a client's secret for a token.
   *
   * @param scope - scopes separated by commas; all that the project has when left out
   * @throws {ServiceError} one of {@link OAUTH_CODES}
   */
  exchangeSecret: (request: {
    clientId: string | undefined
    clientSecret: string | undefined
    grantType: string | undefined
    scope: string | undefined
  }) => Promise<IssuedToken>
  /**
   * Service account: exchanges a JWT, signed by the technical account and naming metascopes, for a token.
   *
   * @throws {ServiceError} one of {@link OAUTH_CODES}
   */
  exchangeJwt: (request: {
    clientId: string | undefined
    clientSecret: string | undefined
    jwt: string | undefined
  }) => Promise<IssuedToken>
  /** Makes a token without asking for a secret, for calls that the service makes in a client's name. */
  issue: (
    client: { clientId: string; orgId: string },
    scopes?: readonly string[],
  ) => Promise<IssuedToken>
  /**
   * Makes the token that a custom worker is called with. It opens web actions where the worker is, of those that want
   * read_organizations, for some minutes, and nothing else of this service: the worker may be anybody's.
   *
   * @param workerUrl - where it is called
   */
  issueForWorker: (
    client: { clientId: string; orgId: string },
    workerUrl: string,
  ) => Promise<IssuedToken>
  /** For the Asset Compute API: a token of this service with every scope, its organisation and its API key. */
  authenticate: Authenticate
  /**
   * For web actions annotated `require-adobe-auth`: a token that may read organisations, and its organisation, as
   * Adobe I/O Runtime's validator asks. A web call carries no API key.
   */
  authenticateWebCall: Authenticate
  /**
   * For the doors of Scene7, which ask for no scope: a token of this service, whatever its organisation.
   *
   * @throws {ServiceError} `unauthenticated`
   */
  verifyToken: (accessToken: string) => Promise<void>
}

/** Opens the identity service of one project. */
export function createIms(credentials: Credentials, now: () => number): Ims {
  const signingKey = createPrivateKey(credentials.tokenKey)
  const verifyingKey = createPublicKey(credentials.tokenKey)
  const accountKey = createPublicKey(credentials.technicalAccountKey)

  const issue = (
    client: { clientId: string; orgId: string },
    scopes: readonly string[] = SCOPES,
  ): Promise<IssuedToken> => sign(client, { scopes, lifetime: TOKEN_LIFETIME_SECONDS })

  /** @param token.lifetime - in seconds */
  async function sign(
    { clientId, orgId }: { clientId: string; orgId: string },
    {
      scopes,
      lifetime,
      audience,
    }: { scopes: readonly string[]; lifetime: number; audience?: string },
  ): Promise<IssuedToken> {
    const createdAt = now()
    // The claims that Adobe's tokens carry; `org` and the registered ones are ours.
    const accessToken = await new SignJWT({
      id: randomUUID(),
      type: 'access_token',
      client_id: clientId,
      user_id: credentials.technicalAccountId,
      as: 'ims-na1',
      created_at: String(createdAt),
      expires_in: String(lifetime * 1000),
      scope: scopes.join(','),
      org: orgId,
      ...(audience !== undefined && { aud: audience }),
    })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'darkroom' })
      .setIssuedAt(Math.floor(createdAt / 1000))
      .setExpirationTime(Math.floor(createdAt / 1000) + lifetime)
      .sign(signingKey)
    return { accessToken, expiresInSeconds: lifetime }
  }

  const verifyOwn = rememberVerified(async (token) => {
    const currentDate = new Date(now())
    const { payload } = await jwtVerify(token, verifyingKey, { algorithms: ['RS256'], currentDate })
    return payload
  }, now)

  function checkSecret(clientId: string | undefined, clientSecret: string | undefined): void {
    if (clientId !== credentials.clientId) {
      const isGuess = clientId !== undefined
      throw new ServiceError('invalid_client', 'invalid client_id parameter', { isGuess })
    }
    if (!isSameSecret(clientSecret ?? '', credentials.clientSecret)) {
      const isGuess = clientSecret !== undefined
      throw new ServiceError('invalid_client', 'invalid client_secret parameter', { isGuess })
    }
  }

  /** @param host - where a token may be used that is for one host alone; nowhere unless given */
  async function verify(
    headers: Headers,
    host?: string,
  ): Promise<{ client: Client; scopes: string[] }> {
    const token = /^Bearer (.+)$/i.exec(headers.get('authorization') ?? '')?.[1]
    if (token === undefined) {
      throw new ServiceError(
        'unauthenticated',
        'The Authorization header is missing; it must be "Bearer" and an access token.',
      )
    }
    const { clientId, org, id, scope } = await readToken(token, host)
    const orgId = headers.get('x-gw-ims-org-id') ?? headers.get('x-ims-org-id')
    if (orgId === null) {
      throw new ServiceError(
        'unauthenticated',
        'The x-gw-ims-org-id header is missing; it must be the IMS organisation.',
      )
    }
    if (orgId !== org) {
      throw new ServiceError(
        'forbidden',
        `The access token is not for the organisation ${JSON.stringify(orgId)}.`,
      )
    }
    return {
      client: { clientId, orgId, tokenId: id },
      scopes: typeof scope === 'string' ? scope.split(',') : [],
    }
  }

  async function readToken(token: string, host?: string) {
    const payload = await verifyOwn(token).catch((error: unknown) => {
      const why = error instanceof errors.JWTExpired ? 'has expired' : 'is not one of this service'
      throw new ServiceError(
        'unauthenticated',
        `The access token ${why}; a new one comes from /ims/token/v4.`,
      )
    })
    const { client_id: clientId, org, id, scope, aud } = payload
    if (aud !== undefined && (host === undefined || URL.parse(String(aud))?.host !== host)) {
      throw new ServiceError('forbidden', 'The access token is one for a worker elsewhere.')
    }
    if (typeof clientId !== 'string' || typeof org !== 'string' || typeof id !== 'string') {
      throw new ServiceError(
        'unauthenticated',
        'The access token is not one that a client is given: it names no client_id.',
      )
    }
    return { clientId, org, id, scope }
  }

  return {
    issue,
    issueForWorker: (client, workerUrl) =>
      sign(client, {
        scopes: ['read_organizations'],
        lifetime: WORKER_TOKEN_LIFETIME_SECONDS,
        audience: workerUrl,
      }),

    async exchangeSecret({ clientId, clientSecret, grantType, scope }) {
      if (grantType !== 'client_credentials') {
        throw new ServiceError('unsupported_grant_type', 'grant_type must be client_credentials')
      }
      checkSecret(clientId, clientSecret)
      const asked = scope?.split(/[,\s]+/).filter((name) => name !== '') ?? []
      const scopes = asked.length > 0 ? asked : SCOPES
      const unknown = scopes.find((name) => !SCOPES.some((known) => known === name))
      if (unknown !== undefined)
        throw new ServiceError('invalid_scope', `unknown scope: ${unknown}`)
      return issue(credentials, scopes)
    },

    async exchangeJwt({ clientId, clientSecret, jwt }) {
      checkSecret(clientId, clientSecret)
      const { payload } = await jwtVerify(jwt ?? '', accountKey, {
        algorithms: ['RS256'],
        issuer: credentials.orgId,
        subject: credentials.technicalAccountId,
        currentDate: new Date(now()),
        requiredClaims: ['exp', 'aud'],
      }).catch((error: unknown) => {
        const why = error instanceof errors.JOSEError ? error.message : String(error)
        throw new ServiceError('invalid_token', `the jwt_token cannot be accepted: ${why}`, {
          isGuess: jwt !== undefined,
        })
      })
      if (typeof payload.aud !== 'string' || !payload.aud.endsWith(`/c/${credentials.clientId}`)) {
        throw new ServiceError(
          'invalid_token',
          'the audience of the jwt_token must end with /c/ and the client_id',
        )
      }
      const metascopes = Object.keys(payload).flatMap(
        (claim) => /\/s\/(.+)$/.exec(claim)?.[1] ?? [],
      )
      const unknown = metascopes.find((name) => !Object.hasOwn(METASCOPES, name))
      if (unknown !== undefined)
        throw new ServiceError('invalid_scope', `unknown metascope: ${unknown}`)
      return issue(credentials, [
        'openid',
        'AdobeID',
        ...metascopes.flatMap((name) => METASCOPES[name] ?? []),
      ])
    },

    async authenticate(headers) {
      const { client, scopes } = await verify(headers)
      const apiKey = headers.get('x-api-key')
      if (apiKey !== client.clientId) {
        const wrong =
          apiKey === null ? 'is missing' : 'is not the client that the access token is for'
        throw new ServiceError(
          'unauthenticated',
          `The x-api-key header ${wrong}; it must be the client id of the project.`,
        )
      }
      requireScopes(scopes, SCOPES)
      return client
    },

    async authenticateWebCall(headers) {
      const { client, scopes } = await verify(headers, headers.get('host') ?? undefined)
      requireScopes(scopes, ['read_organizations'])
      return client
    },

    async verifyToken(accessToken) {
      await readToken(accessToken)
    },
  }
}

function requireScopes(granted: readonly string[], required: readonly string[]): void {
  const missing = required.filter((name) => !granted.includes(name))
  if (missing.length === 0) return
  throw new ServiceError(
    'forbidden',
    `The access token lacks the scope ${missing.join(', ')}; the project must be subscribed to Asset Compute, I/O Events and I/O Management API.`,
  )
}
