import { MiniplaneError, ofFailure } from './error.js'
import { envelope, needsToken, refusal, Session } from './session.js'
import type { Answer, Callbacks, Downloaded, Headers, SocketTask, Uploaded, Wx } from './wx.js'

/** How a client finds its backend. */
export interface Settings {
  /** `https://` and the host of the backend; it has to be among the server domains of the mini-program. */
  readonly baseUrl: string
  /** The `wx` to call; only tests name another one. */
  readonly wx?: Wx
}

/** What `wx.cloud.callContainer` takes, and whether the user is told. */
export interface ContainerCall<T = unknown> extends Callbacks<Answer<T>> {
  /** Taken so that a call needs no change; a backend has one environment. */
  readonly config?: { readonly env?: string }
  readonly path: string
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'
  readonly header?: Headers
  readonly data?: string | object | ArrayBuffer
  readonly dataType?: string
  readonly responseType?: 'text' | 'arraybuffer'
  /** Milliseconds, 15,000 unless said otherwise. */
  readonly timeout?: number
  /** Whether the call says who calls; otherwise nobody is logged in for it. */
  readonly auth?: boolean
}

export interface UploadCall extends Callbacks<Uploaded> {
  readonly path: string
  readonly filePath: string
  /** Name of the form field. */
  readonly name?: string
  readonly formData?: Headers
  readonly header?: Headers
  readonly timeout?: number
}

export interface DownloadCall extends Callbacks<Downloaded> {
  readonly path: string
  /** Where the file goes; without it, a temporary one. */
  readonly filePath?: string
  readonly header?: Headers
  readonly timeout?: number
}

export interface SocketCall extends Callbacks<{ socketTask: SocketTask }> {
  readonly config?: { readonly env?: string }
  readonly path: string
  readonly header?: Headers
  readonly protocols?: string[]
}

interface Common<R> extends Callbacks<R> {
  readonly path: string
  readonly header?: Headers
}

const MILLIS = 15_000
/** What the link of WeChat Cloud Run reads; here nobody does. */
const LINK_HEADERS = ['x-wx-service', 'x-wx-exclude-credentials', 'x-wx-region', 'x-wx-gateway-id']

declare const wx: Wx

/** A backend, called by the user of this mini-program: logged in when needed, with a token that is renewed in time. */
export class Cloud {
  private settings: { wx: Wx; baseUrl: string; session: Session } | undefined

  /** Says where the backend is; called once, as the mini-program starts. */
  init(settings: Settings): void {
    if (!/^https?:\/\/[^/?#]+$/.test(settings.baseUrl)) {
      throw new TypeError(`baseUrl must be https:// and a host, such as https://api.shop.example, not ${settings.baseUrl}`)
    }
    const caller = settings.wx ?? wx
    this.settings = { wx: caller, baseUrl: settings.baseUrl, session: new Session(caller, settings.baseUrl) }
  }

  /**
   * Calls a path of the backend, as `wx.cloud.callContainer` does: it resolves with whatever status the answer has, and rejects with a
   * {@link MiniplaneError} where there is no answer or the user can't be logged in. With a callback it gives no promise.
   */
  callContainer<T = unknown>(call: ContainerCall<T>): Promise<Answer<T>> {
    const { config, path, header, auth = true, ...rest } = call
    return told(call, () =>
      this.authorised(path, header, auth, (url, headers) =>
        this.ask<Answer<T>>('request', { timeout: MILLIS, ...rest, url, header: headers }),
      ),
    )
  }

  /** Calls the backend's own API and gives the `data` of its answer; a {@link MiniplaneError} with the code of the backend otherwise. */
  async call<T>(call: Omit<ContainerCall, keyof Callbacks<Answer>>): Promise<T> {
    const answer = await this.callContainer(call)
    const body = envelope(answer.data)
    if (answer.statusCode >= 300 || !body) {
      throw refusal(answer.statusCode, answer.data)
    }
    return body.data as T
  }

  /** Sends a file as a form, as `wx.uploadFile` does. */
  uploadFile(call: UploadCall): Promise<Uploaded> {
    return this.transfer('uploadFile', { name: 'file', ...call })
  }

  /** Fetches a file, as `wx.downloadFile` does. */
  downloadFile(call: DownloadCall): Promise<Downloaded> {
    return this.transfer('downloadFile', call)
  }

  /** Opens a WebSocket, as `wx.cloud.connectContainer` does. */
  connectContainer(call: SocketCall): Promise<{ socketTask: SocketTask }> {
    const { config, path, header, ...rest } = call
    return told(call, async () => {
      const { wx: caller, baseUrl, session } = this.ready()
      return {
        socketTask: caller.connectSocket({
          ...quiet(rest),
          url: baseUrl.replace(/^http/, 'ws') + path,
          header: { ...plain(header), Authorization: `Bearer ${await session.token()}` },
        }),
      }
    })
  }

  /** Logs in now rather than with the first call. */
  login(): Promise<{ userId: string }> {
    return this.ready().session.login()
  }

  /** Ends the session; the next call logs in anew. */
  logout(): Promise<void> {
    return this.ready().session.logout()
  }

  private transfer<R extends { statusCode: number }, C extends Common<R>>(act: 'uploadFile' | 'downloadFile', call: C): Promise<R> {
    const { path, header, ...rest } = call
    return told(call, () =>
      this.authorised(path, header, true, (url, headers) => this.ask<R>(act, { ...rest, url, header: headers })),
    )
  }

  /** Once more with another token where the backend asks for one. */
  private async authorised<R extends { statusCode: number; data?: unknown }>(
    path: string,
    header: Headers | undefined,
    auth: boolean,
    send: (url: string, header: Headers) => Promise<R>,
  ): Promise<R> {
    const { baseUrl, session } = this.ready()
    const url = baseUrl + (path.startsWith('/') ? path : `/${path}`)
    if (!auth) {
      return send(url, plain(header))
    }
    const token = await session.token()
    const answer = await send(url, { ...plain(header), Authorization: `Bearer ${token}` })
    const refused = needsToken(answer.statusCode, answer.data)
    return refused ? send(url, { ...plain(header), Authorization: `Bearer ${await session.token(token)}` }) : answer
  }

  private ask<R>(act: 'request' | 'uploadFile' | 'downloadFile', options: object): Promise<R> {
    return new Promise((resolve, reject) =>
      (this.ready().wx[act] as (options: object) => void)({
        ...quiet(options),
        success: resolve,
        fail: (failed: { errMsg: string }) => reject(ofFailure(failed)),
      }),
    )
  }

  private ready(): { wx: Wx; baseUrl: string; session: Session } {
    if (!this.settings) {
      throw new MiniplaneError('REFUSED', 'Call init({ baseUrl }) first')
    }
    return this.settings
  }
}

/** The options without callbacks, which are called once and not per try. */
function quiet(options: object): object {
  const { success, fail, complete, ...rest } = options as Callbacks<unknown>
  return rest
}

function plain(header: Headers = {}): Headers {
  return Object.fromEntries(Object.entries(header).filter(([name]) => !LINK_HEADERS.includes(name.toLowerCase())))
}

/** As functions of `wx` do it: by callbacks where there is one, else by the promise. */
function told<R>(callbacks: Callbacks<R>, work: () => Promise<R>): Promise<R> {
  const { success, fail, complete } = callbacks
  const result = Promise.resolve().then(work)
  if (!success && !fail && !complete) {
    return result
  }
  result.then(
    (answer) => {
      success?.(answer)
      complete?.(answer)
    },
    (error: MiniplaneError) => {
      fail?.(error)
      complete?.(error)
    },
  )
  return undefined as unknown as Promise<R>
}
