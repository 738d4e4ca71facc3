import assert from 'node:assert/strict'
import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { Cloud, MiniplaneError } from '../dist/index.js'
import { fakeWx } from './fake-wx.mjs'

const refused = (code) => [401, { code, message: 'The token has expired: refresh it.', traceId: 'abc' }]
let server
let seen
let tokens
let refreshes
let logins
let wx
let cloud

/** Answers as the backend does; what a test wants otherwise it puts into `answers` by path. */
let answers = {}

function tokensOf(name, seconds = 7200) {
  return { token: name, expires: Math.floor(Date.now() / 1000) + seconds, userId: 'u', refreshToken: `r-${name}` }
}

async function answer(request, body) {
  if (answers[request.url]) {
    return answers[request.url](request, body)
  }
  switch (request.url) {
    case '/api/v1/auth/login':
      tokens = `login${++logins}`
      return [200, { code: 200, message: 'Success', data: tokensOf(tokens) }]
    case '/api/v1/auth/refresh':
      if (JSON.parse(body).refreshToken !== `r-${tokens}`) {
        return [401, { code: 40105, message: 'The refresh token is invalid or expired: sign in again.' }]
      }
      tokens = `refreshed${++refreshes}`
      return [200, { code: 200, message: 'Success', data: tokensOf(tokens) }]
    default:
      return request.headers.authorization === `Bearer ${tokens}` ? [200, { path: request.url }] : refused(40101)
  }
}

before(async () => {
  server = createServer((request, response) => {
    const pieces = []
    request.on('data', (piece) => pieces.push(piece))
    request.on('end', async () => {
      const body = Buffer.concat(pieces).toString()
      seen.push({ method: request.method, url: request.url, headers: request.headers, body })
      const [status, content] = await answer(request, body)
      response.writeHead(status, { 'Content-Type': 'application/json' })
      response.end(JSON.stringify(content))
    })
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
})

after(() => server.close())

beforeEach(() => {
  seen = []
  answers = {}
  tokens = undefined
  refreshes = 0
  logins = 0
  wx = fakeWx(['code1', 'code2', 'code3'])
  cloud = new Cloud()
  cloud.init({ baseUrl: `http://127.0.0.1:${server.address().port}`, wx })
})

const paths = () => seen.map((request) => request.url.replace('/api/v1/auth/', ''))

test('a call written for wx.cloud logs in, and arrives without what only Cloud Run reads', async () => {
  const answered = await cloud.callContainer({
    config: { env: 'prod-1' },
    path: '/api/shop/things?a=b',
    method: 'POST',
    header: { 'X-WX-SERVICE': 'shop', 'X-Mine': 'kept' },
    data: { a: 1 },
  })
  assert.equal(answered.statusCode, 200)
  assert.deepEqual(answered.data, { path: '/api/shop/things?a=b' })
  assert.deepEqual(paths(), ['login', '/api/shop/things?a=b'])
  assert.equal(seen[0].body, '{"code":"code1"}')
  assert.equal(seen[1].headers['x-wx-service'], undefined)
  assert.equal(seen[1].headers['x-mine'], 'kept')
  assert.equal(seen[1].body, '{"a":1}')
  assert.equal(wx.asked[1].config, undefined)
})

test('twenty calls at once log in once', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, i) => cloud.callContainer({ path: `/api/${i}` })))
  assert.equal(logins, 1)
  assert.equal(seen.length, 21)
})

test('a token is kept for the next start of the mini-program', async () => {
  await cloud.callContainer({ path: '/api/a' })
  const next = new Cloud()
  next.init({ baseUrl: `http://127.0.0.1:${server.address().port}`, wx })
  await next.callContainer({ path: '/api/b' })
  assert.deepEqual(paths(), ['login', '/api/a', '/api/b'])
})

test('a token that ends within the minute is refreshed before the call', async () => {
  answers['/api/v1/auth/login'] = () => {
    tokens = 'short'
    return [200, { code: 200, message: 'Success', data: tokensOf('short', 30) }]
  }
  await cloud.callContainer({ path: '/api/a' })
  await cloud.callContainer({ path: '/api/b' })
  assert.deepEqual(paths(), ['login', '/api/a', 'refresh', '/api/b'])
})

test('twenty refused calls refresh once, and each is sent once more', async () => {
  await cloud.callContainer({ path: '/api/a' })
  const real = tokens
  tokens = 'another'
  answers['/api/v1/auth/refresh'] = (request, body) => {
    assert.equal(JSON.parse(body).refreshToken, `r-${real}`)
    refreshes++
    tokens = 'fresh'
    return [200, { code: 200, message: 'Success', data: tokensOf('fresh') }]
  }
  const all = await Promise.all(Array.from({ length: 20 }, (_, i) => cloud.callContainer({ path: `/api/${i}` })))
  assert.ok(all.every(({ statusCode }) => statusCode === 200))
  assert.equal(refreshes, 1)
})

test('a session that has ended is followed by a login', async () => {
  await cloud.callContainer({ path: '/api/a' })
  tokens = 'gone'
  await cloud.callContainer({ path: '/api/b' })
  assert.deepEqual(paths(), ['login', '/api/a', '/api/b', 'refresh', 'login', '/api/b'])
})

test('a call is repeated once only, and a 401 of the container itself never', async () => {
  answers['/api/never'] = () => refused(40102)
  answers['/api/own'] = () => [401, { error: 'my own' }]
  assert.equal((await cloud.callContainer({ path: '/api/never' })).statusCode, 401)
  assert.equal((await cloud.callContainer({ path: '/api/own' })).statusCode, 401)
  assert.equal(paths().filter((path) => path === '/api/never').length, 2)
  assert.equal(paths().filter((path) => path === '/api/own').length, 1)
})

test('a refresh that fails for another reason ends no session', async () => {
  await cloud.callContainer({ path: '/api/a' })
  tokens = 'another'
  answers['/api/v1/auth/refresh'] = () => [503, { code: 50301, message: 'Try later', traceId: 't1' }]
  await assert.rejects(cloud.callContainer({ path: '/api/b' }), { code: 50301, status: 503, traceId: 't1', reason: 'REFUSED' })
  assert.equal(wx.storage.size, 1)
})

test('callbacks are called as by wx, and there is no promise then', async () => {
  const order = []
  const given = await new Promise((resolve) => {
    const returned = cloud.callContainer({
      path: '/api/a',
      success: ({ statusCode }) => order.push(`success ${statusCode}`),
      complete: () => resolve(returned),
    })
  })
  assert.equal(given, undefined)
  assert.deepEqual(order, ['success 200'])
  await new Promise((resolve) => {
    wx.storage.clear()
    wx.login = (options) => options.fail({ errMsg: 'login:fail' })
    cloud.callContainer({ path: '/api/a', fail: (error) => resolve(order.push(error.reason)) })
  })
  assert.deepEqual(order, ['success 200', 'LOGIN'])
})

test('what goes wrong has a reason', async () => {
  answers['/api/slow'] = () => new Promise((resolve) => setTimeout(resolve, 400, [200, {}]))
  await assert.rejects(cloud.callContainer({ path: '/api/slow', timeout: 50 }), (error) => {
    assert.ok(error instanceof MiniplaneError)
    assert.equal(error.reason, 'TIMEOUT')
    return true
  })
  const nowhere = new Cloud()
  nowhere.init({ baseUrl: 'http://127.0.0.1:1', wx: fakeWx(['c']) })
  await assert.rejects(nowhere.callContainer({ path: '/a' }), { reason: 'NETWORK', status: 0 })
  await assert.rejects(new Cloud().callContainer({ path: '/a' }), /init/)
  assert.throws(() => new Cloud().init({ baseUrl: 'shop.example' }), /https:\/\/ and a host/)
})

test('the own API gives data or an error with its code', async () => {
  answers['/api/v1/orders'] = (request, body) =>
    body.includes('0')
      ? [400, { code: 40000, message: 'lines[0].quantity must be 1 or more', traceId: 't2' }]
      : [201, { code: 201, message: 'Success', data: { id: 'o1' } }]
  const order = (quantity) => cloud.call({ path: '/api/v1/orders', method: 'POST', data: { quantity } })
  assert.deepEqual(await order(1), { id: 'o1' })
  await assert.rejects(order(0), { code: 40000, traceId: 't2', message: /quantity/ })
})

test('nobody is logged in for a call without a user', async () => {
  answers['/api/open'] = (request) => [200, { authorization: request.headers.authorization ?? 'none' }]
  const { data } = await cloud.callContainer({ path: '/api/open', auth: false })
  assert.deepEqual(data, { authorization: 'none' })
  assert.deepEqual(wx.logins, [])
})

test('files go up and come down, with another token where one is refused', async () => {
  const file = join(tmpdir(), `miniplane-client-upload-${process.pid}`)
  await writeFile(file, 'content of the file')
  await cloud.callContainer({ path: '/api/a' })
  tokens = 'another'
  assert.equal((await cloud.uploadFile({ path: '/api/files', filePath: file, formData: { a: 'b' } })).statusCode, 200)
  assert.ok(seen.at(-1).body.includes('content of the file'))
  tokens = 'yet another'
  const target = `${file}-down`
  assert.equal((await cloud.downloadFile({ path: '/api/files/1', filePath: target })).statusCode, 200)
  assert.equal(await readFile(target, 'utf8'), '{"path":"/api/files/1"}')
  await Promise.all([rm(file), rm(target)])
})

test('a socket says who calls', async () => {
  const { socketTask } = await cloud.connectContainer({ config: { env: 'x' }, path: '/api/talk' })
  assert.match(socketTask.options.url, /^ws:\/\/127\.0\.0\.1:\d+\/api\/talk$/)
  assert.equal(socketTask.options.header.Authorization, `Bearer ${tokens}`)
})

test('logout forgets the tokens and tells the backend', async () => {
  answers['/api/v1/auth/logout'] = () => [200, { code: 200, message: 'Success' }]
  await cloud.login()
  await cloud.logout()
  assert.equal(wx.storage.size, 0)
  assert.deepEqual(paths(), ['login', 'logout'])
})

test('it is small, has no dependency, and loads either way', async () => {
  for (const name of ['index.js', 'index.cjs']) {
    const { size } = await stat(new URL(`../dist/${name}`, import.meta.url))
    assert.ok(size < 5 * 1024, `${name} has ${size} bytes`)
  }
  const manifest = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'))
  assert.equal(manifest.dependencies, undefined)
  assert.equal(typeof createRequire(import.meta.url)('../dist/index.cjs').cloud.callContainer, 'function')
})
