import { MiniplaneError, ofFailure } from './error.js'
import type { Answer, Wx } from './wx.js'

/** What every answer of the backend's own API is wrapped in. */
export interface Envelope {
  readonly code: number
  readonly message: string
  readonly data?: unknown
  readonly traceId?: string
}

interface Tokens {
  readonly token: string
  /** Unix seconds. */
  readonly expires: number
  readonly userId: string
  readonly refreshToken: string
}

const EARLY_SECONDS = 60
const LOGIN_MILLIS = 15_000

/** The envelope of an answer, or nothing where the answer is the container's own. */
export function envelope(data: unknown): Envelope | undefined {
  const body = parsed(data) as Envelope | undefined
  return body && typeof body.code === 'number' && typeof body.message === 'string' ? body : undefined
}

function parsed(data: unknown): unknown {
  if (typeof data !== 'string') {
    return data
  }
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}

/** Whether another token would help. Of files and bytes only the status can be read. */
export function needsToken(status: number, data: unknown): boolean {
  const code = data === undefined || data instanceof ArrayBuffer ? 40100 : (envelope(data)?.code ?? 0)
  return status === 401 && code >= 40100 && code < 40110
}

/** The tokens of the user, kept in the storage of the mini-program; at any moment at most one call renews them. */
export class Session {
  private renewal: Promise<Tokens> | undefined

  constructor(
    private readonly wx: Wx,
    private readonly baseUrl: string,
  ) {}

  /**
   * A token that is good for a minute or more.
   *
   * @param refused the token that the backend did not take, so that another one is got
   */
  async token(refused?: string): Promise<string> {
    const known = this.known()
    if (known && known.token !== refused && known.expires - EARLY_SECONDS > Date.now() / 1000) {
      return known.token
    }
    this.renewal ??= this.renew(known).finally(() => {
      this.renewal = undefined
    })
    return (await this.renewal).token
  }

  /** Logs in anew, whatever is there. */
  async login(): Promise<{ userId: string }> {
    this.forget()
    await this.token()
    return { userId: this.known()!.userId }
  }

  /** Ends the session, here and at the backend. */
  async logout(): Promise<void> {
    const known = this.known()
    this.forget()
    if (known) {
      await this.post('logout', {}, { Authorization: `Bearer ${known.token}` })
    }
  }

  private async renew(known: Tokens | undefined): Promise<Tokens> {
    if (known) {
      const refreshed = await this.post('refresh', { refreshToken: known.refreshToken })
      if (refreshed.statusCode === 200) {
        return this.keep(refreshed)
      }
      if (refreshed.statusCode !== 401) {
        throw refusal(refreshed.statusCode, refreshed.data)
      }
      this.forget()
    }
    const loggedIn = await this.post('login', { code: await this.code() })
    if (loggedIn.statusCode !== 200) {
      throw refusal(loggedIn.statusCode, loggedIn.data)
    }
    return this.keep(loggedIn)
  }

  private code(): Promise<string> {
    return new Promise((resolve, reject) =>
      this.wx.login({
        success: ({ code }) => resolve(code),
        fail: ({ errMsg }) => reject(new MiniplaneError('LOGIN', errMsg)),
      }),
    )
  }

  private post(act: string, data: object, header: object = {}): Promise<Answer> {
    return new Promise((resolve, reject) =>
      this.wx.request({
        url: `${this.baseUrl}/api/v1/auth/${act}`,
        method: 'POST',
        header: { 'Content-Type': 'application/json', ...header },
        data,
        timeout: LOGIN_MILLIS,
        success: resolve,
        fail: (failed) => reject(ofFailure(failed)),
      }),
    )
  }

  private get key(): string {
    return `miniplane ${this.baseUrl}`
  }

  private known(): Tokens | undefined {
    return (this.wx.getStorageSync(this.key) as Tokens) || undefined
  }

  private keep(answer: Answer): Tokens {
    const tokens = envelope(answer.data)?.data as Tokens
    this.wx.setStorageSync(this.key, tokens)
    return tokens
  }

  private forget(): void {
    this.wx.removeStorageSync(this.key)
  }
}

/** The error for an answer of the backend that is none of 200 and 201. */
export function refusal(status: number, data: unknown): MiniplaneError {
  const body = envelope(data)
  return new MiniplaneError('REFUSED', body?.message ?? `HTTP ${status}`, body?.code, status, body?.traceId)
}
