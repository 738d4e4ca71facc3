import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Cloud } from '../dist/index.js'
import { fakeWx } from './fake-wx.mjs'

/** Against a real server, where the environment names one, and codes that it takes. */
const { MINIPLANE_URL: baseUrl, MINIPLANE_CODES: codes = '' } = process.env
const skip = baseUrl ? false : 'MINIPLANE_URL names no server'

test('a user is logged in, reaches the container and the API of the server, and logs out', { skip }, async () => {
  const wx = fakeWx(codes.split(','))
  const cloud = new Cloud()
  cloud.init({ baseUrl, wx })
  const all = await Promise.all(Array.from({ length: 8 }, (_, i) => cloud.callContainer({ path: `/api/things/${i}` })))
  assert.deepEqual(new Set(all.map(({ statusCode }) => statusCode)), new Set([200]))
  assert.equal(wx.logins.length, 1)

  const me = await cloud.call({ path: '/api/v1/users/me' })
  assert.equal(me.userId, (await cloud.login()).userId)
  assert.equal(wx.logins.length, 2)

  const key = [...wx.storage.keys()][0]
  wx.storage.set(key, { ...wx.storage.get(key), token: 'nonsense' })
  assert.equal((await cloud.callContainer({ path: '/api/things/again' })).statusCode, 200)
  assert.notEqual(wx.storage.get(key).token, 'nonsense')
  assert.equal(wx.logins.length, 2)

  await assert.rejects(cloud.call({ path: '/api/v1/orders', method: 'POST', data: { lines: [] } }), (error) => {
    assert.equal(error.status, 400)
    assert.match(error.traceId, /^[0-9a-f]{32}$/)
    return true
  })

  const { refreshToken } = wx.storage.get(key)
  await cloud.logout()
  assert.equal((await refresh(refreshToken)).status, 401)
})

function refresh(refreshToken) {
  return fetch(`${baseUrl}/api/v1/auth/refresh`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ refreshToken }),
  })
}
