import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A `wx` over the network of Node: codes come from a list, storage is a map, and everything that was asked is noted. */
export function fakeWx(codes) {
  const storage = new Map()
  const asked = []
  const logins = []

  async function send(options, body, type) {
    const response = await fetch(options.url, {
      method: options.method ?? 'GET',
      headers: { ...(type ? { 'Content-Type': type } : {}), ...options.header },
      body,
      signal: AbortSignal.timeout(options.timeout ?? 60_000),
    })
    return { statusCode: response.status, header: Object.fromEntries(response.headers), errMsg: 'request:ok', response }
  }

  function settle(options, act, promise) {
    promise.then(
      (answer) => {
        options.success?.(answer)
        options.complete?.(answer)
      },
      (error) => {
        const failed = { errMsg: `${act}:fail ${error.name === 'TimeoutError' ? 'timeout' : error.message}` }
        options.fail?.(failed)
        options.complete?.(failed)
      },
    )
  }

  async function request(options) {
    const isText = typeof options.data === 'string' || options.data === undefined
    const { response, ...answer } = await send(
      options,
      options.data === undefined ? undefined : isText ? options.data : JSON.stringify(options.data),
      options.data === undefined || isText ? undefined : 'application/json',
    )
    const bytes = await response.arrayBuffer()
    if (options.responseType === 'arraybuffer') {
      return { ...answer, data: bytes }
    }
    const text = new TextDecoder().decode(bytes)
    try {
      return { ...answer, data: JSON.parse(text) }
    } catch {
      return { ...answer, data: text }
    }
  }

  async function upload(options) {
    const form = new FormData()
    form.set(options.name, new Blob([await readFile(options.filePath)]), 'file')
    const { response, ...answer } = await send({ ...options, method: 'POST' }, form)
    return { ...answer, data: await response.text() }
  }

  async function download(options) {
    const { response, ...answer } = await send(options)
    const tempFilePath = options.filePath ?? join(tmpdir(), `miniplane-client-${process.pid}`)
    await writeFile(tempFilePath, Buffer.from(await response.arrayBuffer()))
    return { ...answer, tempFilePath }
  }

  const note = (act, work) => (options) => {
    asked.push({ act, ...options })
    settle(options, act, work(options))
  }
  return {
    asked,
    logins,
    storage,
    login: (options) => {
      const code = codes.shift()
      logins.push(code)
      code ? options.success({ code }) : options.fail({ errMsg: 'login:fail no network' })
    },
    request: note('request', request),
    uploadFile: note('uploadFile', upload),
    downloadFile: note('downloadFile', download),
    connectSocket: (options) => {
      asked.push({ act: 'connectSocket', ...options })
      return { options }
    },
    getStorageSync: (key) => storage.get(key) ?? '',
    setStorageSync: (key, value) => storage.set(key, value),
    removeStorageSync: (key) => storage.delete(key),
  }
}
