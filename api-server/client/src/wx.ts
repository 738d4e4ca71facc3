/** What a call of `wx` reports when it fails. */
export interface Failed {
  readonly errMsg: string
  readonly errno?: number
}

/** Callbacks that each function of `wx` takes. */
export interface Callbacks<R> {
  success?(result: R): void
  fail?(error: Failed): void
  complete?(result: R | Failed): void
}

export type Headers = Record<string, string>

/** An answer as `wx.request` gives it. */
export interface Answer<T = unknown> {
  readonly data: T
  readonly statusCode: number
  readonly header: Headers
  readonly cookies?: string[]
  readonly errMsg: string
}

export interface Uploaded {
  readonly data: string
  readonly statusCode: number
  readonly header?: Headers
  readonly errMsg: string
}

export interface Downloaded {
  readonly tempFilePath: string
  readonly filePath?: string
  readonly statusCode: number
  readonly header?: Headers
  readonly errMsg: string
}

/** A WebSocket as `wx.connectSocket` gives it. */
export interface SocketTask {
  send(options: { data: string | ArrayBuffer } & Callbacks<unknown>): void
  close(options?: { code?: number; reason?: string } & Callbacks<unknown>): void
  onOpen(listener: (event: unknown) => void): void
  onMessage(listener: (event: { data: string | ArrayBuffer }) => void): void
  onClose(listener: (event: { code: number; reason: string }) => void): void
  onError(listener: (event: Failed) => void): void
}

/**
 * The part of `wx` that this client calls
 * (https://developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html and its neighbours).
 */
export interface Wx {
  login(options: Callbacks<{ code: string }>): void
  request(options: Record<string, unknown> & Callbacks<Answer>): unknown
  uploadFile(options: Record<string, unknown> & Callbacks<Uploaded>): unknown
  downloadFile(options: Record<string, unknown> & Callbacks<Downloaded>): unknown
  connectSocket(options: Record<string, unknown> & Callbacks<unknown>): SocketTask
  getStorageSync(key: string): unknown
  setStorageSync(key: string, value: unknown): void
  removeStorageSync(key: string): void
}
