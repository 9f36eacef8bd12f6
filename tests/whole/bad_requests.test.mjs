// Requests that no browser would send: each gets a clear answer or is cut off in time, and the server stays up and small.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { sample, serve } from './birge.mjs'

let site
before(async () => { site = await serve(sample()) })
after(async () => { await site.stop() })

// Sends raw bytes and gives back what comes until the other side closes, or until `wait` milliseconds are over.
function raw (bytes, { wait = 4000 } = {}) {
  return new Promise(resolve => {
    const { hostname, port } = new URL(site.address)
    const socket = connect(Number(port), hostname)
    let answer = ''
    const timer = setTimeout(() => socket.destroy(), wait)
    socket.on('data', data => { answer += data.toString('latin1') })
    socket.on('error', () => {})
    socket.on('close', () => { clearTimeout(timer); resolve(answer) })
    socket.write(bytes)
  })
}

async function stillUp () {
  const answer = await fetch(site.address + '/healthz')
  assert.equal(answer.status, 200)
}

test('headers larger than the limit are refused', async () => {
  const answer = await raw(`GET /ky/ HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(200_000)}\r\n\r\n`)
  assert.match(answer, /^HTTP\/1\.1 431/)
  await stillUp()
})

test('bad percent-encoding is a bad request, not a crash', async () => {
  for (const path of ['/ky/%', '/ky/%zz', '/ky/%ff%fe', '/ky/%00', '/ky/activities?q=%C3', '/%2e%2e/%2e%2e/etc/passwd']) {
    const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)
    assert.match(answer, /^HTTP\/1\.1 4\d\d/, path)
  }
  await stillUp()
})

test('bytes that are no HTTP are refused', async () => {
  const answer = await raw(Buffer.from([0, 1, 2, 3, 255, 254, 13, 10, 13, 10]))
  assert.match(answer, /^HTTP\/1\.1 400/)
  await stillUp()
})

test('a body that is announced too large is refused unread', async () => {
  const answer = await raw('POST /ky/activities HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999999\r\n\r\nx')
  assert.match(answer, /^HTTP\/1\.1 413/)
  await stillUp()
})

test('methods that a page does not have are told which it has', async () => {
  const answer = await fetch(site.address + '/ky/activities', { method: 'DELETE' })
  assert.equal(answer.status, 405)
  assert.match(answer.headers.get('allow'), /GET/)
})

test('hostile values in the address are shown as text, in every language', async () => {
  const hostile = '"><script>alert(1)</script>\u202Eabc'
  for (const language of ['ky', 'ru', 'en']) {
    for (const name of ['q', 'kind', 'place', 'topic', 'organisation', 'week', 'from', 'status', 'after', 'edition']) {
      const answer = await fetch(`${site.address}/${language}/activities?${name}=${encodeURIComponent(hostile)}`)
      const text = await answer.text()
      assert.ok([200, 400, 404, 422].includes(answer.status), `${name}: ${answer.status}`)
      assert.ok(!text.includes('<script>alert'), name)
      assert.ok(!text.includes('\u202E'), `${name}: a right-to-left override came through`)
    }
  }
})

test('half a thousand connections that say nothing do not keep others out', async () => {
  const { hostname, port } = new URL(site.address)
  const sockets = Array.from({ length: 500 }, () => connect(Number(port), hostname).on('error', () => {}))
  try {
    await new Promise(resolve => setTimeout(resolve, 300))
    await stillUp()
  } finally { for (const socket of sockets) socket.destroy() }
})

test('memory stays under 256 MB after all of it', () => {
  const status = readFileSync(`/proc/${site.pid}/status`, 'utf8')
  const peak = Number(status.match(/VmHWM:\s+(\d+) kB/)[1])
  assert.ok(peak < 256 * 1024, `${peak} kB`)
})
